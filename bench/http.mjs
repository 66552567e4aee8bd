// node bench/http.mjs RESULT [--against-nest DIR] [--document FILE] [--rounds N] [--seconds N]   what bin/bench http runs
// Loads the salon into each contestant, compares its answers, and measures all of them in alternating rounds.
// Writes the figures as JSON into RESULT, prints the tables, and puts them into the document.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { Apunta } from './apunta.mjs';
import { compare } from './golden.mjs';
import { Nest, buildNest } from './nest.mjs';
import { load, run, sleep, startPostgres } from './process.mjs';
import { replaceIn, tables } from './table.mjs';
import { create, read } from './wrk.mjs';

const { positionals: [result], values: options } = parseArgs({
    allowPositionals: true,
    options: { 'against-nest': { type: 'string' }, document: { type: 'string' }, rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '3' } } });
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const connections = 16;
const manyConnections = 64;
const starts = 5;

const loadBefore = load();
const folder = mkdtempSync(`${tmpdir()}/apunta-bench-`);
const postgres = startPostgres();
try {
    const contestants = await prepared();
    const measured = [];
    for (let round = 1; round <= rounds; round++) {
        for (const contestant of contestants) {
            console.error(`round ${round}: ${contestant.name}, ${contestant.engine}`);
            measured.push({ name: contestant.name, engine: contestant.engine, figures: await measure(contestant) });
        }
    }
    const figures = contestants.map(({ name, engine }) => ({
        name, engine, ...medians(measured.filter((m) => m.name === name && m.engine === engine).map((m) => m.figures)) }));
    writeFileSync(result, JSON.stringify({ rounds, seconds, connections, manyConnections, contestants: figures }));
    const commit = run('git', ['describe', '--always', '--dirty', '--exclude', '*']).trim();
    const taken = `Commit ${commit}, ${rounds} rounds of ${seconds} s, ${new Date().toISOString().slice(0, 10)}; ` +
        `load of the machine ${loadBefore} before, ${load()} after.`;
    console.log(tables(figures));
    if (options.document) replaceIn(options.document, 'bench http', `${taken}\n\n${tables(figures)}`);
} finally {
    postgres.stop();
    rmSync(folder, { recursive: true, force: true });
}

async function prepared() {
    const contestants = [new Apunta(folder), new Apunta(folder, postgres)];
    createDatabase('apunta');
    if (options['against-nest']) {
        const build = `${tmpdir()}/apunta-bench-nest`;
        buildNest(options['against-nest'], build);
        createDatabase('nest');
        contestants.splice(1, 0, new Nest(build, folder));
        contestants.push(new Nest(build, folder, postgres));
    }
    for (const contestant of contestants) {
        console.error(`loading ${contestant.name}, ${contestant.engine}`);
        await contestant.prepare();
    }
    if (options['against-nest']) finishLoading('nest');
    finishLoading('apunta');
    return contestants;
}

/** Loading need not be durable. */
function createDatabase(name) {
    sql('postgres', `CREATE DATABASE ${name}`);
    sql('postgres', `ALTER DATABASE ${name} SET synchronous_commit = off`);
}

function finishLoading(name) {
    sql('postgres', `ALTER DATABASE ${name} RESET synchronous_commit`);
    sql(name, 'VACUUM ANALYZE');
}

function sql(database, statement) { run('psql', ['-q', postgres.url + database, '-c', statement]); }

async function measure(contestant) {
    const figures = { start: await startTimes(contestant) };
    await contestant.start();
    await contestant.logIn();
    await sleep(500);
    figures.memory_idle = contestant.server.memory();
    figures.rows = await compare(contestant);
    for (const [name, path] of Object.entries(contestant.reads)) {
        await read(contestant, path, connections, 1); // warms up
        figures[name] = await read(contestant, path, connections, seconds);
    }
    figures.create = await create(contestant, connections, seconds);
    figures.create_many = await create(contestant, manyConnections, seconds);
    figures.memory_loaded = contestant.server.memory(true);
    await contestant.stop();
    return figures;
}

/** Milliseconds from exec to the first answer, on the database that is there: the median. */
async function startTimes(contestant) {
    const times = [];
    for (let i = 0; i < starts; i++) {
        await contestant.start();
        times.push(contestant.server.startMilliseconds);
        await contestant.stop();
    }
    return median(times);
}

/** Of objects of one shape, number by number. */
function medians(list) {
    if (typeof list[0] === 'number') return median(list);
    return Object.fromEntries(Object.keys(list[0]).map((key) => [key, medians(list.map((one) => one[key]))]));
}

function median(numbers) { return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]; }
