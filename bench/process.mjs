// Programs under measurement: started, watched through /proc, ended by their process id.
import { spawn, execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';

const tick = 1_000_000 / Number(execFileSync('getconf', ['CLK_TCK'])); // microseconds
const patience = 30_000;

export const sleep = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

export async function freePort() {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => { probe.once('listening', resolve); });
    const { port } = probe.address();
    await new Promise((resolve) => { probe.close(resolve); });
    return port;
}

/** Runs a program to its end; answers what it printed, throws when it fails. */
export function run(program, args, options = {}) {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28, ...options });
}

export class Program {
    /** Returns when `ready` (an URL) answers 200; `startMilliseconds` says how long that took from exec on. */
    static async start(program, args, { env = {}, cwd, log, ready }) {
        const out = openSync(log, 'a');
        const started = performance.now();
        const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', out, out] });
        closeSync(out);
        const self = new Program(child);
        while (!(await answers(ready))) {
            if (child.exitCode !== null || performance.now() - started > patience) {
                child.kill('SIGKILL');
                throw new Error(`${program} did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
            }
            await sleep(1);
        }
        self.startMilliseconds = performance.now() - started;
        return self;
    }

    constructor(child) {
        this.child = child;
        this.ended = new Promise((resolve) => { child.once('exit', resolve); });
        running.add(child);
        child.once('exit', (code, signal) => {
            running.delete(child);
            if (!this.stopping) console.error(`${child.spawnfile} ended by itself: ${signal ?? code}`);
        });
    }

    get pid() { return this.child.pid; }

    async stop() {
        this.stopping = true;
        this.child.kill('SIGTERM');
        await this.ended;
    }

    /** Megabytes in memory; `peak`: the most there ever were. */
    memory(peak = false) {
        const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
        return Number(new RegExp(`${peak ? 'VmHWM' : 'VmRSS'}:\\s+(\\d+)`).exec(status)[1]) / 1024;
    }
}

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** By hand: fetch() would cost as much as what is measured. */
function answers(url) {
    const { hostname, port, pathname } = new URL(url);
    return new Promise((resolve) => {
        const socket = connect(port, hostname, () => socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`));
        socket.once('data', (bytes) => {
            resolve(bytes.toString().startsWith('HTTP/1.1 200'));
            socket.destroy();
        });
        socket.once('error', () => resolve(false));
        socket.once('close', () => resolve(false));
    });
}

/** CPU microseconds a process has used, with its ended threads. */
function cpuOf(pid) { return cpuFields(pid).slice(0, 2).reduce((sum, ticks) => sum + ticks, 0) * tick; }

/** … and of all its children, those that ended included: a database server with its backends. */
function cpuOfFamily(pid) {
    const own = cpuFields(pid).reduce((sum, ticks) => sum + ticks, 0) * tick;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, child) => sum + cpuOf(child), own);
}

/** utime, stime, cutime, cstime; zeros for a process that has just ended, whose parent then has them. */
function cpuFields(pid) {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 15).map(Number);
    } catch {
        return [0, 0, 0, 0];
    }
}

/** CPU of a server and, when there is one, its database server. */
export function cpu(server, postmaster) { return cpuOf(server.pid) + (postmaster ? cpuOfFamily(postmaster) : 0); }

/** The same once nothing is done any more: wrk leaves requests behind when it stops. */
export async function cpuAtRest(server, postmaster) {
    let before = cpu(server, postmaster);
    for (let i = 0; i < 50; i++) {
        await sleep(150);
        const after = cpu(server, postmaster);
        if (after - before <= tick) return after;
        before = after;
    }
    return before;
}

/** A private, durable PostgreSQL: `{url, pid}`; stop() ends and removes it. */
export function startPostgres() {
    const folder = mkdtempSync(`${tmpdir()}/apunta-postgres-`);
    const url = run('test/postgres.sh', ['start', folder, '-c fsync=on -c synchronous_commit=on -c full_page_writes=on']).trim();
    return { url, pid: Number(readFileSync(`${folder}/data/postmaster.pid`, 'utf8').split('\n')[0]), stop: () => run('test/postgres.sh', ['stop', folder]) };
}

export function load() { return readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' '); }
