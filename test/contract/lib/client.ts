// HTTP as a test wants it: nothing is followed, retried or thrown for a status.
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Json } from './json.ts';

export interface Call {
    method: string;
    /** With its query, percent-encoded. */
    target: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
}

export class Answer {
    readonly status: number;
    readonly headers: ReadonlyMap<string, string>;
    readonly text: string;

    constructor(status: number, headers: ReadonlyMap<string, string>, text: string) {
        this.status = status;
        this.headers = headers;
        this.text = text;
    }

    get mediaType(): string {
        return (this.headers.get('content-type') ?? '').split(';')[0]!.trim();
    }

    json(): Json {
        try {
            const value: Json = JSON.parse(this.text);
            return value;
        } catch {
            throw new Error(`an answer of status ${this.status} is no JSON: ${this.text.slice(0, 200)}`);
        }
    }
}

const longestAnswer = 30_000;

export class Client {
    readonly url: string;
    private readonly host: string;
    private readonly port: number;
    private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

    constructor(url: string) {
        this.url = url;
        const { hostname, port } = new URL(url);
        this.host = hostname;
        this.port = Number(port);
    }

    close(): void {
        this.agent.destroy();
    }

    send(call: Call): Promise<Answer> {
        return new Promise((resolve, reject) => {
            // Not by URL: that would tidy the target.
            const sent = request({
                host: this.host,
                port: this.port,
                path: call.target,
                method: call.method,
                agent: this.agent,
                timeout: longestAnswer,
                headers: { ...lengthOf(call), ...call.headers },
            });
            sent.on('response', response => receive(response).then(resolve, reject));
            sent.on('timeout', () => sent.destroy(new Error(`${call.method} ${call.target} was not answered within 30 seconds`)));
            sent.on('error', reject);
            sent.end(call.body);
        });
    }
}

function lengthOf(call: Call): Record<string, string> {
    return call.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(call.body)) };
}

async function receive(response: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const headers = new Map<string, string>();
    for (let i = 0; i + 1 < response.rawHeaders.length; i += 2) {
        headers.set(response.rawHeaders[i]!.toLowerCase(), response.rawHeaders[i + 1]!);
    }
    return new Answer(response.statusCode ?? 0, headers, Buffer.concat(chunks).toString('utf8'));
}
