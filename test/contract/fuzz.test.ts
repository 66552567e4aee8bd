// Calls made up from the contract: fitting, nearly fitting and hostile, in sequences that keep their state. Whatever comes in,
// the answer is one that the contract has for the operation, a refusal has no effect, and the server neither falls nor swells.
//   APUNTA_FUZZ_SEED=N   the calls of an earlier run again; APUNTA_FULL=1 makes ten times as many, of a seed of the moment
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { kinds } from './kinds.ts';
import { Client } from './lib/client.ts';
import { Contract } from './lib/contract.ts';
import type { Database } from './lib/database.ts';
import { Fuzzed, type Counts } from './lib/fuzzed.ts';
import { engines, Place, type Engine } from './lib/place.ts';
import { serve, type Program } from './lib/program.ts';
import { Salon } from './lib/salon.ts';
import { wishes, type Wish } from './lib/wishes.ts';

const isFull = process.env['APUNTA_FULL'] === '1';
const wantedCalls = isFull ? 20_000 : 2_000;
const seed = Number(process.env['APUNTA_FUZZ_SEED'] ?? (isFull ? Date.now() % 2 ** 31 : 20261019));
const longestSequence = 120;
const sequencesARound = 5;
/** Of one round, with the search for the shortest failing sequence: a busy machine takes a minute for a round alone. */
const longestRound = 300_000;
/** What the server may grow by after the first quarter of the calls. */
const largestGrowth = 48 * 2 ** 20;

const contract = Contract.read();

describe(`fuzzing from seed ${seed}`, () => {
    for (const engine of engines) {
        test(`${wantedCalls} invented calls on ${engine} are answered as the contract says`, async context => {
            const place = await Place.make(engine);
            const { program, url } = await serve(place);
            const database = place.database();
            const client = new Client(url);
            try {
                const counts = await fuzz(engine, database, program, client);
                context.diagnostic(`${engine}: ${summary(counts)}`);
            } finally {
                client.close();
                await database.close();
                await program.stop();
                await place.remove();
            }
        });
    }
});

async function fuzz(engine: Engine, database: Database, program: Program, client: Client): Promise<Counts> {
    const counts: Counts = { calls: 0, watched: 0, statuses: new Map(), successes: new Set() };
    const stranger = await Salon.open(client);
    const foreign = new Map<string, string>();
    for (const [name, kind] of Object.entries(kinds)) foreign.set(name, await kind.make(stranger));

    const play = async (sequence: Wish[]): Promise<void> => {
        const fuzzed = new Fuzzed(contract, await Salon.open(client), foreign, database, counts);
        await fuzzed.furnish();
        for (const wish of sequence) await fuzzed.fulfil(wish);
    };
    const sequences = fc.array(wishes(contract), { minLength: 1, maxLength: longestSequence, size: 'max' });
    let warm = 0;
    for (let round = 0; counts.calls < wantedCalls; ++round) {
        await fc.assert(fc.asyncProperty(sequences, play), {
            seed: seed + round, numRuns: sequencesARound, interruptAfterTimeLimit: longestRound, markInterruptAsFailure: true,
        });
        if (warm === 0 && counts.calls * 4 >= wantedCalls) warm = await program.memory();
    }
    const grown = await program.memory() - warm;
    assert.ok(grown <= largestGrowth, `${engine}: the server grew by ${grown} bytes`);
    assert.equal((await client.send({ method: 'GET', target: '/readyz' })).status, 200);
    const never = contract.operations.filter(one => !counts.successes.has(one.id) && one.statuses.some(status => status >= 200 && status < 300));
    console.log(`# ${engine}: memory ${(warm / 2 ** 20).toFixed(0)} MB, then ${(grown / 2 ** 20).toFixed(1)} MB more; without a success: ${never.map(one => one.id).join(' ') || 'none'}`);
    return counts;
}

function summary(counts: Counts): string {
    const statuses = [...counts.statuses].sort(([one], [other]) => one - other).map(([status, count]) => `${status}: ${count}`);
    return `${counts.calls} calls, ${counts.watched} refusals without effect, ${counts.successes.size} operations with a success; ${statuses.join(', ')}`;
}
