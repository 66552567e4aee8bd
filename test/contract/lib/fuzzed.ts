// A salon under fuzzing: fills in what wishes only name, sends them, and judges each answer.
import assert from 'node:assert/strict';
import { pathKindOf } from './calls.ts';
import type { Answer, Call } from './client.ts';
import type { Contract, Operation } from './contract.ts';
import { differences, type Database, type Dump } from './database.ts';
import { at, isObject, itemsOf, textAt, type Json } from './json.ts';
import type { Salon } from './salon.ts';
import { isSymbol, strangeBodies, type Wish } from './wishes.ts';
import { kinds } from '../kinds.ts';

export interface Counts {
    calls: number;
    watched: number;
    statuses: Map<number, number>;
    successes: Set<string>;
}

export class Fuzzed {
    private readonly contract: Contract;
    private readonly salon: Salon;
    private readonly foreign: ReadonlyMap<string, string>;
    private readonly database: Database;
    private readonly counts: Counts;
    private readonly own = new Map<string, string[]>();
    private cursor = 'AAAA';
    /** Something may still be in the making for a customer. */
    private isRestless = true;

    constructor(contract: Contract, salon: Salon, foreign: ReadonlyMap<string, string>, database: Database, counts: Counts) {
        this.contract = contract;
        this.salon = salon;
        this.foreign = foreign;
        this.database = database;
        this.counts = counts;
        this.own.set('staff', [salon.staff]).set('service', [salon.service]).set('business', [salon.business]);
    }

    /** One thing of each kind, so that the first wishes meet something. */
    async furnish(): Promise<void> {
        for (const [name, kind] of Object.entries(kinds)) {
            if (!this.own.has(name)) this.own.set(name, [await kind.make(this.salon)]);
        }
    }

    async fulfil(wish: Wish): Promise<void> {
        const operation = this.contract.operation(wish.operation);
        const call = await this.callOf(operation, wish);
        const isWatched = wish.watched && operation.method !== 'GET';
        const before = isWatched ? await this.restingDump() : undefined;
        const answer = await this.salon.client.send(call);
        this.count(answer);
        const what = `${call.method} ${call.target}\n${JSON.stringify(call.headers)}\n${String(call.body ?? '').slice(0, 2000)}\n→ ${answer.status} ${answer.text.slice(0, 2000)}\n`;
        assert.ok(answer.status < 500, `a failure of the server:\n${what}`);
        assert.deepEqual(this.contract.breaches(operation, answer), [], `not as the contract has it:\n${what}`);
        if (answer.status >= 400 && before) {
            assert.deepEqual(differences(before, await this.database.dumpOf(this.salon.business)), [], `refused, and yet with an effect:\n${what}`);
            ++this.counts.watched;
        }
        if (answer.status < 300) this.learn(operation, answer);
        if (operation.path.startsWith('/api/v1/auth/') && operation.method !== 'GET') await this.stayLoggedIn();
    }

    /** It may have ended its own session. */
    private async stayLoggedIn(): Promise<void> {
        const answer = await this.salon.send('GET', '/api/v1/auth/me');
        if (answer.status === 401) await this.salon.renewToken();
    }

    private count(answer: Answer): void {
        ++this.counts.calls;
        this.counts.statuses.set(answer.status, (this.counts.statuses.get(answer.status) ?? 0) + 1);
    }

    private async callOf(operation: Operation, wish: Wish): Promise<Call> {
        const id = await this.filled(operation, '', wish.id);
        const path = operation.path.replace(/\{[^}]*\}/, () => encoded(id));
        const query: string[] = [];
        for (const [name, value] of wish.query) query.push(`${encoded(name)}=${encoded(await this.filled(operation, path, value))}`);
        const headers: Record<string, string> = {};
        const call: Call = { method: operation.method, target: path + (query.length > 0 ? `?${query.join('&')}` : ''), headers };
        if (wish.token !== 'none') headers['authorization'] = `Bearer ${wish.token === 'own' ? this.salon.token : 'eyJhbGciOiJub25lIn0.e30.'}`;
        if (wish.body) {
            headers['content-type'] = 'application/json';
            call.body = 'raw' in wish.body ? strangeBodies[wish.body.raw]! : JSON.stringify(await this.filled(operation, call.target, wish.body.json));
        }
        if (operation.id === 'refresh' || operation.id === 'logOut') headers['cookie'] = this.salon.cookie;
        for (const [name, value] of Object.entries(wish.headers)) headers[name] = Buffer.from(value, 'utf8').toString('latin1');
        return call;
    }

    /** The value with what its symbols stand for at this moment. */
    private async filled(operation: Operation, target: string, value: Json): Promise<Json> {
        if (isSymbol(value)) return this.meaning(operation, target, value);
        if (Array.isArray(value)) {
            const all: Json[] = [];
            for (const one of value) all.push(await this.filled(operation, target, one));
            return all;
        }
        if (!isObject(value)) return value;
        const members: [string, Json][] = [];
        for (const [name, one] of Object.entries(value)) members.push([name, await this.filled(operation, target, one)]);
        return Object.fromEntries(members);
    }

    private async meaning(operation: Operation, target: string, symbol: Json): Promise<Json> {
        switch (textAt(symbol, '/$')) {
            case 'id': return this.idOf(textAt(symbol, '/kind'), textAt(symbol, '/whose'), Number(at(symbol, '/n')));
            case 'version': return await this.versionOf(operation, target) + Number(at(symbol, '/plus'));
            case 'day': return (await this.later(Number(at(symbol, '/days')) * 1440)).slice(0, 10);
            case 'instant': return this.later(Number(at(symbol, '/minutes')));
            case 'cursor': return this.cursor;
            case 'email': return this.salon.email;
            case 'long': return textAt(symbol, '/text').repeat(Number(at(symbol, '/times')));
            default: throw new Error(`no such symbol: ${JSON.stringify(symbol)}`);
        }
    }

    private idOf(kind: string, whose: string, n: number): string {
        const known = this.own.get(kind) ?? [];
        return (whose === 'own' ? known[n % Math.max(1, known.length)] : this.foreign.get(kind)) ?? 'none';
    }

    /** Of what the call is about: the resource at its address or the one above it. */
    private async versionOf(operation: Operation, target: string): Promise<number> {
        const isThere = (path: string): boolean => this.contract.operations.some(one => one.method === 'GET' && one.path === path);
        const above = operation.path.replace(/\/[^/]*$/, '');
        const address = isThere(operation.path) ? target : isThere(above) ? target.replace(/\?.*/, '').replace(/\/[^/]*$/, '') : '/api/v1/business';
        const answer = await this.salon.send('GET', address);
        const version = answer.status === 200 ? at(answer.json(), '/version') : undefined;
        return typeof version === 'number' ? version : 1;
    }

    /** Business time in so many minutes, on a quarter of an hour. */
    private async later(minutes: number): Promise<string> {
        const quarter = 900_000;
        const now = Math.floor(Date.parse(await this.salon.now()) / quarter) * quarter;
        return new Date(now + minutes * 60_000).toISOString();
    }

    private learn(operation: Operation, answer: Answer): void {
        this.counts.successes.add(operation.id);
        if (operation.method !== 'GET') this.isRestless = true;
        if (!/[/+]json$/.test(answer.mediaType)) return;
        const body = answer.json();
        const cursor = at(body, '/next_cursor');
        if (typeof cursor === 'string') this.cursor = cursor;
        const kind = operation.path.includes('{') ? pathKindOf(operation) : collectionKind(operation);
        if (!kind) return;
        const items = at(body, '/items');
        for (const one of [body, ...(Array.isArray(items) ? items : [])]) {
            const id = at(one, '/id');
            if (typeof id === 'string') this.remember(kind, id);
            const customer = at(one, '/customer/id');
            if (typeof customer === 'string') this.remember('customer', customer);
        }
    }

    private remember(kind: string, id: string): void {
        const known = this.own.get(kind) ?? [];
        if (!known.includes(id)) this.own.set(kind, [id, ...known].slice(0, 6));
    }

    /** The rows of this business once nothing is in the making. */
    private async restingDump(): Promise<Dump> {
        if (this.isRestless) {
            for (const chat of itemsOf(await this.salon.ok('GET', '/api/v1/conversations?limit=200'))) {
                const phone = at(chat, '/customer/phone');
                if (typeof phone === 'string') await this.salon.settled(phone);
            }
            this.isRestless = false;
        }
        let dump = await this.database.dumpOf(this.salon.business);
        for (let quiet = 0; quiet < 2;) {
            const next = await this.database.dumpOf(this.salon.business);
            quiet = differences(dump, next).length === 0 ? quiet + 1 : 0;
            dump = next;
        }
        return dump;
    }
}

function collectionKind(operation: Operation): string | undefined {
    return Object.entries(kinds).find(([, kind]) => kind.collection === operation.path)?.[0];
}

/** As text in an address; what UTF-8 cannot hold goes as it is escaped in JSON. */
function encoded(value: Json): string {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return encodeURIComponent(text.toWellFormed()).slice(0, 3000);
}
