// Programs that a test starts. None outlives it.
import { spawn, type ChildProcess } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Place } from './place.ts';

const longestStart = 60_000;
const longestEnd = 30_000;

export interface Launch {
    /** Variables that differ from the test's own; undefined takes one away. */
    environment?: Record<string, string | undefined>;
    input?: string;
}

export class Program {
    private readonly child: ChildProcess;
    private readonly ended: Promise<number>;
    private output = '';
    private errors = '';

    constructor(words: string[], launch: Launch = {}) {
        const [command, ...rest] = words;
        const environment = { ...process.env, ...launch.environment };
        this.child = spawn(command!, rest, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
        this.child.stdout!.on('data', (chunk: Buffer) => { this.output += chunk.toString(); });
        this.child.stderr!.on('data', (chunk: Buffer) => { this.errors = (this.errors + chunk.toString()).slice(-20_000); });
        this.child.stdin!.on('error', () => { /* it ended before it read all: its exit code tells */ });
        this.child.stdin!.end(launch.input ?? '');
        this.ended = new Promise((resolve, reject) => {
            this.child.on('error', reject);
            this.child.on('close', (code, signal) => resolve(code ?? (signal ? 128 : 1)));
        });
        const leaveNobody = () => this.child.kill('SIGKILL');
        process.once('exit', leaveNobody);
        this.ended.then(() => process.off('exit', leaveNobody), () => process.off('exit', leaveNobody));
    }

    get words(): string {
        return this.output + this.errors;
    }

    get pid(): number {
        return this.child.pid!;
    }

    /** The first group of the first match in its standard output. */
    awaitLine(pattern: RegExp): Promise<string> {
        return new Promise((resolve, reject) => {
            const look = (): void => {
                const found = pattern.exec(this.output);
                if (found) resolve(found[1]!);
            };
            const giveUp = (): void => reject(new Error(`no ${pattern} from ${this.child.spawnfile}: ${this.words}`));
            this.child.stdout!.on('data', look);
            look();
            setTimeout(giveUp, longestStart).unref();
            this.ended.then(giveUp, giveUp);
        });
    }

    awaitEnd(): Promise<number> {
        return this.ended;
    }

    async stop(): Promise<number> {
        this.child.kill('SIGTERM');
        const patience = setTimeout(() => this.child.kill('SIGKILL'), longestEnd);
        try {
            return await this.ended;
        } finally {
            clearTimeout(patience);
        }
    }

    /** Resident memory in bytes. */
    async memory(): Promise<number> {
        const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
        return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    }
}

export function apunta(): string {
    const binary = process.env['APUNTA_BINARY'];
    if (!binary) throw new Error('set APUNTA_BINARY to the program under test, such as build/kill/apunta');
    return binary;
}

/** A demo server on a free port of loopback, ready: its program and its address. */
export async function serve(place: Place, environment: Record<string, string> = {}): Promise<{ program: Program; url: string }> {
    const words = [apunta(), 'serve', '--port', '0', '--data', place.folder, '--demo', '--breath', '0'];
    const database = place.databaseUrl === '' ? undefined : place.databaseUrl;
    const program = new Program(words, { environment: { DATABASE_URL: database, APUNTA_LOG_LEVEL: 'warn', API_REQUESTS_PER_MINUTE: '0', ...environment } });
    return { program, url: await program.awaitLine(/Apunta listens on (\S+)/) };
}

/** What moves the system clock of a program, without touching the clock that its waits are measured by. */
export function clockMoved(by: string): Record<string, string> {
    const [library] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1');
    if (!library) throw new Error('libfaketime is not installed; bin/setup --dev installs it');
    return { LD_PRELOAD: library, FAKETIME: by, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
}
