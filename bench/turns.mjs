// node bench/turns.mjs RESULT [--businesses N] [--chats N] [--engine sqlite|postgres]   what bin/bench turns runs
// Customers of many salons book by chat, all at once, over HTTP: each writes, reads the reply on her phone, and writes on.
// A turn is one message with its reply, both durable, through inbox, lane, tools, ledger and simulator. Every chat must
// end with a booking, or there is no figure.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { Client, inParallel } from './api.mjs';
import { serve } from './apunta.mjs';
import { cpu, cpuAtRest, run, startPostgres } from './process.mjs';
import { Wire } from './wire.mjs';

const { positionals: [result], values: options } = parseArgs({
    allowPositionals: true,
    options: { businesses: { type: 'string', default: '500' }, chats: { type: 'string', default: '5000' },
        engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] } } });
const businessCount = Number(options.businesses);
const chatCount = Number(options.chats);
const begin = '2030-01-07T08:00'; // a Monday
const connections = 48; // each may hold one of the server's 64 workers while it waits for a reply
const words = (chat) => ['hola', `quiero un corte el jueves a las ${chat.time}`, 'sí'];

const folder = mkdtempSync(`${tmpdir()}/apunta-turns-`);
const postgres = startPostgres();
try {
    run('psql', ['-q', `${postgres.url}postgres`, '-c', 'CREATE DATABASE apunta']);
    const figures = [];
    for (const engine of options.engine) figures.push(await measure(engine));
    writeFileSync(result, JSON.stringify(figures));
    for (const { engine, turns, rate, cpu_server, cpu_load, p50, p99 } of figures) {
        console.log(`${engine}: ${turns} turns, ${Math.round(rate)} a second; CPU a turn: server ${Math.round(cpu_server)} µs, ` +
            `load program ${Math.round(cpu_load)} µs; written to read: p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms`);
    }
} finally {
    postgres.stop();
    rmSync(folder, { recursive: true, force: true });
}

async function measure(engine) {
    const database = engine === 'postgres' ? postgres : undefined;
    const { url, server } = await serve(`${folder}/${engine}`, database, ['--demo', '--now', begin, '--breath', '0']);
    try {
        return { engine, ...await load(url, server, database?.pid) };
    } finally {
        await server.stop();
    }
}

async function load(url, server, postmaster) {
    console.error(`founding ${businessCount} salons`);
    const salons = await found(url);
    const chats = Array.from({ length: chatCount }, (_, i) => ({
        salon: salons[i % businessCount], phone: `+346${20_000_000 + i}`, time: timeOf(Math.floor(i / businessCount)), said: 0 }));
    console.error(`talking: ${chatCount} chats`);
    const serverBefore = await cpuAtRest(server, postmaster);
    const ownBefore = process.cpuUsage();
    const began = performance.now();
    const times = await talk(url, chats);
    const seconds = (performance.now() - began) / 1000;
    const own = process.cpuUsage(ownBefore);
    const used = cpu(server, postmaster) - serverBefore;
    const sorted = times.sort((a, b) => a - b);
    return { businesses: businessCount, chats: chatCount, turns: times.length, seconds, rate: times.length / seconds,
        cpu_server: used / times.length, cpu_load: (own.user + own.system) / times.length,
        p50: sorted[Math.floor(sorted.length / 2)], p99: sorted[Math.floor(sorted.length * 0.99)] };
}

/** Salons with one service, open the whole day; each a sign-up of its own. */
async function found(url) {
    const salons = [];
    await inParallel(4, Array.from({ length: businessCount }, (_, i) => i), async (i) => {
        const client = new Client(url);
        const grant = await client.post('/auth/signup', {
            email: `owner${i}@example.com`, password: 'benchmark-password', name: 'Sol', business_name: `Salón ${i}`, country: 'ES' });
        client.token = grant.access_token;
        const { version } = await client.get('/business/hours');
        await client.put('/business/hours', { version, weekly: { thursday: [{ from: '10:00', to: '22:00' }] } });
        await client.post('/services', { name: 'Corte', duration_minutes: 30, price_minor: 1500 });
        salons.push({ token: client.token });
    });
    return salons;
}

/** The half hours of a day from ten on; "a las 8" could be the evening as well, and would be asked about. */
function timeOf(index) { return `${10 + Math.floor(index / 2)}:${index % 2 ? '30' : '00'}`; }

/** All chats say their first words, then all their second: a reply is there when its chat's turn to write comes again. */
async function talk(url, chats) {
    const wires = Array.from({ length: connections }, () => new Wire(url));
    const times = [];
    const queue = [...chats];
    const speak = async (wire) => {
        for (let chat = queue.shift(); chat; chat = queue.shift()) {
            if (chat.written) times.push(await hear(wire, chat));
            if (chat.said === words(chat).length) continue;
            await write(wire, chat, words(chat)[chat.said++]);
            queue.push(chat);
        }
    };
    try {
        await Promise.all(wires.map(speak));
    } finally {
        wires.forEach((wire) => wire.close());
    }
    return times;
}

async function write(wire, chat, text) {
    chat.written = performance.now();
    await answered(wire, 202, 'POST', '/api/v1/simulator/messages', chat, JSON.stringify({ from: chat.phone, name: 'Lucía', text }));
}

/** Reads the reply; answers the milliseconds since she wrote. The last one has to confirm her booking. */
async function hear(wire, chat) {
    const after = chat.last ? `&after=${chat.last}` : '';
    for (;;) {
        const { items } = JSON.parse(await answered(
            wire, 200, 'GET', `/api/v1/simulator/messages?customer=${encodeURIComponent(chat.phone)}&wait=25${after}`, chat));
        if (items.length === 0) continue;
        chat.last = items.at(-1).id;
        if (chat.said === words(chat).length && !items.some((item) => item.reason === 'confirmation')) {
            throw new Error(`a chat ended without a booking: ${items.at(-1).text}`);
        }
        return performance.now() - chat.written;
    }
}

async function answered(wire, status, method, path, chat, body) {
    const answer = await wire.send(method, path, chat.salon.token, body);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return answer.body;
}
