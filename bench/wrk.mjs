// One measurement with wrk: CPU per request of the server and its database, and what a client sees.
import { writeFileSync } from 'node:fs';
import { cpuAtRest, run } from './process.mjs';

/** Reads `path`. `{cpu, rate, p50, p99, requests}`: CPU in microseconds a request, latencies in milliseconds. */
export function read(contestant, path, connections, seconds) {
    return measure(contestant, connections, ['-H', `Authorization: Bearer ${contestant.token}`, contestant.url + path], seconds, {});
}

/** Creates bookings, each at a start that was never asked for before. */
export async function create(contestant, connections, seconds) {
    const bodies = `${contestant.folder}/bodies.txt`;
    writeFileSync(bodies, contestant.bodies.slice(contestant.used).join('\n') + '\n');
    const figures = await measure(contestant, connections, ['-s', 'bench/create.lua', contestant.url], seconds,
        { BODIES: bodies, TARGET: contestant.creates, TOKEN: contestant.token });
    contestant.used += figures.requests + 2 * connections;
    return figures;
}

async function measure(contestant, connections, what, seconds, env) {
    const postmaster = contestant.postgres?.pid;
    const before = await cpuAtRest(contestant.server, postmaster);
    const said = run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '30s', ...what], { env: { ...process.env, ...env } });
    const after = await cpuAtRest(contestant.server, postmaster);
    if (/Non-2xx|Socket errors/.test(said)) throw new Error(`${contestant.name} on ${contestant.engine}: ${said}`);
    const requests = Number(/(\d+) requests in/.exec(said)[1]) + connections; // those that wrk did not wait for
    return {
        cpu: (after - before) / requests,
        rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)[1]),
        p50: milliseconds(/ 50%\s+(\S+)/.exec(said)[1]),
        p99: milliseconds(/ 99%\s+(\S+)/.exec(said)[1]),
        requests,
    };
}

function milliseconds(text) {
    const [, number, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(text);
    return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit];
}
