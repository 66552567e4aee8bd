// Prism as a validating proxy in front of a server: it reads the contract with code of its own and answers with a problem of
// its own where a request or an answer is not as promised.
import { fileURLToPath } from 'node:url';
import { createServer, type AddressInfo } from 'node:net';
import { Program } from './program.ts';

const prism = fileURLToPath(import.meta.resolve('@stoplight/prism-cli/dist/index.js'));

export interface Strictness {
    /** Judge what is asked as well as what is answered. */
    ofRequests: boolean;
}

export async function startProxy(contractFile: string, upstream: string, strict: Strictness): Promise<{ program: Program; url: string }> {
    const port = await freePort();
    const program = new Program([process.execPath, prism, 'proxy', contractFile, upstream, '--errors',
        '--validate-request', String(strict.ofRequests), '--cors', 'false', '--port', String(port), '-v', 'info']);
    await program.awaitLine(/(Prism is listening)/);
    return { program, url: `http://127.0.0.1:${port}` };
}

/** Prism insists on being told its port. */
function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.on('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address() as AddressInfo;
            probe.close(() => resolve(port));
        });
    });
}
