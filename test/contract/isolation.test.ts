// A business sees itself only. Every operation of the contract is called with the ids of another business, with ids that
// nobody has, with malformed ones and with those of things that are gone; by the owner of another business, by nobody, and
// with tokens of the owner herself that are no longer good. Foreign and unknown answer alike to the byte, and after all of it
// the database holds of the other business exactly what it held before.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { randomIdOf, kindNamed, kinds } from './kinds.ts';
import { callOf, partsFor, slotsOf, strangers, successOf, withId, type Parts, type Slot } from './lib/calls.ts';
import { Client, type Answer } from './lib/client.ts';
import { Contract, type Operation } from './lib/contract.ts';
import { differences, rowCount, rowsNaming, type Database, type Dump } from './lib/database.ts';
import { at, isObject, itemsOf, textAt } from './lib/json.ts';
import { engines, Place } from './lib/place.ts';
import { serve, type Program } from './lib/program.ts';
import { Salon } from './lib/salon.ts';
import { expectUnauthorized, openSalonOfThePast, renewed, tokenOfRevokedSession, withBrokenSignature } from './lib/tokens.ts';

const contract = Contract.read();
const malformed = 'no-id-at-all';
const timedRounds = 40;
/** Of the medians, foreign over unknown. */
const largestTimeRatio = 1.5;

test('every operation has a recipe, and every recipe an operation', () => {
    assert.deepEqual(strangers(contract), []);
});

for (const engine of engines) {
    describe(`isolation on ${engine}`, () => {
        let place: Place;
        let program: Program;
        let database: Database;
        let victim: Salon;
        let attacker: Salon;
        /** Things of the victim and things that are gone, by kind. */
        const hers = new Map<string, string>();
        const hersGone = new Map<string, string>();
        const ownGone = new Map<string, string>();
        /** Things of the attacker that go well with each other. */
        const own = new Map<string, string>();
        const uselessTokens = new Map<string, string>([['no token', '']]);
        const herIds = new Set<string>();
        let before_: Dump;
        let cases = 0;

        before(async () => {
            place = await Place.make(engine);
            const past = await openSalonOfThePast(place);
            victim = past.salon;
            const server = await serve(place);
            program = server.program;
            await renewed(victim, new Client(server.url));
            attacker = await Salon.open(new Client(server.url));
            uselessTokens.set('an expired token', past.expired);
            uselessTokens.set('a token with a broken signature', withBrokenSignature(victim.token));
            uselessTokens.set('a token of a revoked session', await tokenOfRevokedSession(victim));
            for (const [name, kind] of Object.entries(kinds)) {
                hers.set(name, await kind.make(victim));
                if (!kind.erase) continue;
                hersGone.set(name, await goneOf(victim, name));
                ownGone.set(name, await goneOf(attacker, name));
            }
            for (const id of [victim.business, victim.account, victim.staff, victim.service, ...hers.values(), ...hersGone.values()]) herIds.add(id);
            for (const session of itemsOf(await victim.ok('GET', '/api/v1/auth/sessions'))) herIds.add(textAt(session, '/id'));
            own.set('staff', attacker.staff).set('service', attacker.service).set('customer', await kindNamed('customer').make(attacker));
            database = place.database();
            before_ = rowsNaming(await database.dump(), herIds);
        });

        after(async () => {
            attacker?.client.close();
            victim?.client.close();
            await database?.close();
            await program?.stop();
            await place?.remove();
        });

        test('the tokens are useless for the reasons meant', async () => {
            await expectUnauthorized(victim, uselessTokens.get('an expired token')!, 'token_expired');
            for (const token of uselessTokens.values()) await expectUnauthorized(victim, token, undefined);
        });

        for (const operation of contract.operations) {
            test(`${operation.id} gives nothing away`, async () => {
                const slots = slotsOf(contract, operation);
                for (const slot of slots) await tryIds(operation, slot);
                if (slots.length === 0) await tryWithoutIds(operation);
            });
        }

        test('nothing of hers has changed', async context => {
            const now = rowsNaming(await database.dump(), herIds);
            assert.deepEqual(differences(before_, now), []);
            assert.ok(rowCount(before_) > 40, 'and there was something to change');
            context.diagnostic(`${engine}: ${cases} cases; ${rowCount(before_)} rows in ${before_.size} tables unchanged`);
        });

        test('what is foreign takes no longer than what is unknown', async context => {
            const ratios: number[] = [];
            for (const operation of contract.operations.filter(one => one.method === 'GET' && one.path.includes('{'))) {
                const [slot] = slotsOf(contract, operation);
                const parts = await partsFor(operation, attacker, malformed);
                ratios.push(await timeRatio(parts, slot!));
            }
            ratios.sort((one, other) => one - other);
            const median = medianOf(ratios);
            context.diagnostic(`${engine}: foreign takes ${median.toFixed(2)} of the time of unknown (${ratios.map(one => one.toFixed(2)).join(' ')})`);
            assert.ok(median <= largestTimeRatio);
        });

        async function goneOf(salon: Salon, name: string): Promise<string> {
            const id = await kindNamed(name).make(salon);
            await kindNamed(name).erase!(salon, id);
            return id;
        }

        async function ask(parts: Parts, token: string): Promise<Answer> {
            ++cases;
            const answer = await attacker.client.send(callOf(parts, token));
            const what = `${parts.operation.id} with ${JSON.stringify(parts.id)} ${JSON.stringify(parts.query)}`;
            assert.deepEqual(contract.breaches(parts.operation, answer), [], `${what}: ${answer.text}`);
            if (token === attacker.token || token === '') assert.ok(!answer.text.includes(victim.marker), `${what} shows ${answer.text}`);
            return answer;
        }

        async function tryIds(operation: Operation, slot: Slot): Promise<void> {
            const place = `${operation.id}, ${slot.name} in the ${slot.where}`;
            const parts = await partsFor(operation, attacker);
            const unknown = withId(parts, slot, randomIdOf(kindNamed(slot.kind)));
            const foreign = withId(parts, slot, hers.get(slot.kind)!);

            const wanted = await ask(unknown, attacker.token);
            assertNothingFound(slot, wanted, place);
            assertAlike(await ask(foreign, attacker.token), wanted, `${place}: foreign and unknown`);
            const nonsense = await ask(withId(parts, slot, malformed), attacker.token);
            assertNothingFound(slot, nonsense, `${place}, malformed`);
            if (slot.where === 'path') assertAlike(nonsense, wanted, `${place}: malformed and unknown`);
            const gone = ownGone.get(slot.kind);
            if (gone) {
                const answer = await ask(withId(parts, slot, gone), attacker.token);
                if (slot.where === 'path') assertAlike(answer, wanted, `${place}: gone and unknown`);
                else if (operation.method !== 'GET') assert.ok([404, 422].includes(answer.status), `${place}, gone: ${answer.text}`);
            }
            for (const [name, token] of uselessTokens) {
                const refused = await ask(foreign, token);
                assert.equal(refused.status, 401, `${place}, ${name}: ${refused.text}`);
                for (const other of [unknown, withId(parts, slot, malformed), withId(parts, slot, hersGone.get(slot.kind) ?? malformed)]) {
                    assertAlike(await ask(other, token), refused, `${place}, ${name}`);
                }
            }
            // What was refused was refused for its id alone: with an own one the same call succeeds.
            const good = slot.where === 'path' ? parts : withId(parts, slot, own.get(slot.kind) ?? await kindNamed(slot.kind).make(attacker));
            const control = await ask(good, attacker.token);
            assert.equal(control.status, successOf(operation), `${place}, an own id: ${control.text}`);
        }

        async function tryWithoutIds(operation: Operation): Promise<void> {
            const parts = await partsFor(operation, attacker);
            if (!operation.isPublic) {
                for (const [name, token] of uselessTokens) {
                    const refused = await ask(parts, token);
                    assert.equal(refused.status, 401, `${operation.id}, ${name}: ${refused.text}`);
                }
            }
            const answer = await ask(parts, attacker.token);
            assert.equal(answer.status, successOf(operation), `${operation.id}: ${answer.text}`);
        }

        async function timeRatio(parts: Parts, slot: Slot): Promise<number> {
            const times = { foreign: [] as number[], unknown: [] as number[] };
            for (let round = 0; round < timedRounds; ++round) {
                times.foreign.push(await timed(withId(parts, slot, hers.get(slot.kind)!)));
                times.unknown.push(await timed(withId(parts, slot, randomIdOf(kindNamed(slot.kind)))));
            }
            return medianOf(times.foreign) / medianOf(times.unknown);
        }

        async function timed(parts: Parts): Promise<number> {
            const start = performance.now();
            await attacker.client.send(callOf(parts, attacker.token));
            return performance.now() - start;
        }
    });
}

/** 404; where the contract knows none, a field that is refused or a list with nothing in it. */
function assertNothingFound(slot: Slot, answer: Answer, place: string): void {
    if (slot.where === 'path') assert.equal(answer.status, 404, `${place}: ${answer.text}`);
    else if (answer.mediaType === 'text/csv') assert.equal(answer.text.trim().split('\r\n').length, 1, `${place}: ${answer.text}`);
    else if (answer.status === 200) assert.deepEqual(itemsOf(answer.json()), [], place);
    else if (answer.status === 422) assert.ok(fieldsOf(answer).some(field => field.startsWith(slot.name)), `${place}: ${answer.text}`);
    else assert.equal(answer.status, 404, `${place}: ${answer.text}`);
}

function fieldsOf(answer: Answer): string[] {
    const errors = at(answer.json(), '/errors');
    return Array.isArray(errors) ? errors.filter(isObject).map(error => textAt(error, '/field')) : [];
}

function assertAlike(one: Answer, other: Answer, what: string): void {
    assert.equal(one.status, other.status, `${what}: ${one.text}`);
    assert.equal(one.text, other.text, what);
    assert.deepEqual(lasting(one), lasting(other), what);
}

/** The header fields apart from those that differ from one answer to the next in any case. */
function lasting(answer: Answer): [string, string][] {
    return [...answer.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id').sort();
}

function medianOf(values: number[]): number {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)]!;
}
