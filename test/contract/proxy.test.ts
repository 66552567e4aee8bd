// A second opinion on the contract: every operation, with its main success and its main refusals, goes through Prism, which
// answers with an error of its own where a call or an answer is not as contract/openapi.json has it.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { randomIdOf, kindNamed } from './kinds.ts';
import { callOf, partsFor, pathKindOf, successOf, type Parts } from './lib/calls.ts';
import { Client, type Answer, type Call } from './lib/client.ts';
import { Contract, contractFile, type Operation } from './lib/contract.ts';
import { at, isObject, type Json } from './lib/json.ts';
import { Place } from './lib/place.ts';
import { apunta, Program, serve } from './lib/program.ts';
import { startProxy } from './lib/proxy.ts';
import { Salon } from './lib/salon.ts';

const contract = Contract.read();

describe('through a validating proxy', () => {
    let place: Place;
    const programs: Program[] = [];
    /** Judges requests and answers. */
    let strict: Client;
    /** Judges answers only: for calls that break the contract on purpose. */
    let lenient: Client;
    let serverUrl = '';
    let strictUrl = '';
    let salon: Salon;
    const visited = new Map<string, Set<number>>();

    before(async () => {
        place = await Place.make('sqlite');
        const server = await serve(place);
        programs.push(server.program);
        serverUrl = server.url;
        const proxies = await Promise.all([
            startProxy(contractFile, serverUrl, { ofRequests: true }),
            startProxy(contractFile, serverUrl, { ofRequests: false }),
        ]);
        programs.push(...proxies.map(proxy => proxy.program));
        strictUrl = proxies[0]!.url;
        strict = new Client(strictUrl);
        lenient = new Client(proxies[1]!.url);
        salon = await Salon.open(strict);
    });

    after(async () => {
        strict?.close();
        lenient?.close();
        await Promise.all(programs.map(program => program.stop()));
        await place?.remove();
    });

    for (const operation of contract.operations) {
        test(`${operation.id} succeeds and refuses as promised`, async () => {
            const parts = await partsFor(operation, salon);
            await expectStatus(operation, lenient, refusals(operation, parts));
            const answer = await send(operation, strict, callOf(parts, salon.token));
            assert.equal(answer.status, successOf(operation), answer.text);
        });
    }

    test('every operation was visited', context => {
        const missing = contract.operations.filter(operation => !visited.get(operation.id)?.has(successOf(operation)));
        assert.deepEqual(missing.map(operation => operation.id), []);
        const pairs = [...visited.values()].reduce((sum, statuses) => sum + statuses.size, 0);
        context.diagnostic(`${visited.size} operations, ${pairs} pairs of operation and status, no violation`);
    });

    test('a chat in the terminal goes through', async () => {
        const chat = new Program([apunta(), 'chat', '--url', strictUrl, '--as', '+34600123123', '--name', 'Lucía'],
            { input: 'Hola, quiero un corte de mujer mañana\n/clock 1\n/owner Soy Lola\n/quit\n' });
        assert.equal(await chat.awaitEnd(), 0, chat.words);
        assert.match(chat.words, /tengo:|¿A qué hora/);
    });

    test('a contract that promises something else is noticed', async () => {
        const folder = await mkdtemp(join(tmpdir(), 'apunta-doctored-'));
        const file = join(folder, 'openapi.json');
        await writeFile(file, JSON.stringify(doctored(contract.document)));
        const proxy = await startProxy(file, serverUrl, { ofRequests: true });
        programs.push(proxy.program);
        const client = new Client(proxy.url);
        const answer = await client.send(callOf(await partsFor(contract.operation('getBusiness'), salon), salon.token));
        assert.ok(isViolation(answer), answer.text);
        client.close();
        await rm(folder, { recursive: true });
    });

    async function send(operation: Operation, client: Client, call: Call): Promise<Answer> {
        const answer = await client.send(call);
        assert.ok(!isViolation(answer), `${operation.id}: ${answer.text}`);
        const statuses = visited.get(operation.id) ?? new Set<number>();
        visited.set(operation.id, statuses.add(answer.status));
        return answer;
    }

    async function expectStatus(operation: Operation, client: Client, calls: [number, Call][]): Promise<void> {
        for (const [status, call] of calls) {
            const answer = await send(operation, client, call);
            assert.equal(answer.status, status, `${operation.id} ${call.target}: ${answer.text}`);
        }
    }

    /** The refusals that every operation of this shape has, none with an effect. Not 400: Prism leaves a malformed body
     *  unanswered. Not 413: it comes while Prism still writes. */
    function refusals(operation: Operation, parts: Parts): [number, Call][] {
        const call = callOf(parts, salon.token);
        const json = { ...call.headers, 'content-type': 'application/json' };
        const calls: [number, Call][] = [];
        // With a token, or Prism answers itself.
        if (!operation.isPublic) calls.push([401, callOf(parts, 'none')]);
        const kind = pathKindOf(operation);
        if (kind) calls.push([404, callOf({ ...parts, id: randomIdOf(kindNamed(kind)) }, salon.token)]);
        calls.push([422, callOf({ ...parts, query: { ...parts.query, unheard_of: '1' } }, salon.token)]);
        if (!operation.body) return calls;
        calls.push([422, { ...call, headers: json, body: JSON.stringify({ ...parts.body, unheard_of: true }) }]);
        calls.push([415, { ...call, headers: { ...json, 'content-type': 'text/plain' }, body: '{}' }]);
        if (at(operation.body, '/properties/version') !== undefined) {
            calls.push([409, { ...call, headers: json, body: JSON.stringify({ ...parts.body, version: 1_000_000 }) }]);
        }
        return calls;
    }
});

/** Prism's own problems have a type of its own. */
function isViolation(answer: Answer): boolean {
    return answer.text.includes('stoplight.io/prism') || answer.headers.has('sl-violations');
}

/** The same contract, but for a business that is to have a motto. */
function doctored(document: Json): Json {
    const copy: Json = structuredClone(document);
    const business = at(copy, '/components/schemas/Business');
    const required = at(business, '/required');
    const properties = at(business, '/properties');
    if (!Array.isArray(required) || !isObject(properties)) throw new Error('the contract has no Business');
    required.push('motto');
    properties['motto'] = { type: 'string' };
    return copy;
}
