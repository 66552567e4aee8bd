// Calls as a fuzzer invents them: from the contract's schemas, nearly so, or hostile. A wish is plain JSON, so that a failing
// one can be printed; what it can only name (an id of a thing that exists, the version it has by then, a day from now) stands
// in it as a symbol and is filled in when it is sent.
import fc from 'fast-check';
import { kinds } from '../kinds.ts';
import { pathKindOf } from './calls.ts';
import { password } from './salon.ts';
import type { Contract, Operation, Parameter } from './contract.ts';
import { at, isObject, type Json, type JsonObject } from './json.ts';

export interface Wish {
    operation: string;
    token: 'own' | 'none' | 'nonsense';
    /** For the `{id}` of the path. */
    id: Json;
    query: [string, Json][];
    headers: Record<string, string>;
    /** `raw`: the number of one of the strange bodies. */
    body: { json: Json } | { raw: number } | undefined;
    /** Whether the database is looked at before and after. */
    watched: boolean;
}

export function symbol(name: string, more: JsonObject): JsonObject {
    return { $: name, ...more };
}

const strangeTexts = [
    '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udc00\ud800', '\uffff', '\u202e', '\u200b', 'e\u0301'.repeat(40), '👩‍👩‍👧‍👦', 'ß', 'ſ', 'İı', '\r\n', '\t',
    "'; DROP TABLE booking; --", '%', '_%', '../../etc/passwd', '{{7*7}}', '=1+1', '<script>', 'null', 'NaN', '0', '-0', '1e9', 'true',
    '2026-02-30', '0000-00-00', '9999-12-31', '10000-01-01', '2026-10-25T02:30:00', '2026-10-19T10:00:00+99:99', '-000001-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z', '9999-12-31T23:59:59Z', '2026-10-19T10:00:60Z', '24:00', '25:00', '+34', '+000000000000000', '00000000-0000-0000-0000-000000000000',
];
const longTexts: Json[] = ([['x', 61], ['x', 121], ['x', 201], ['x', 501], ['ñ', 2001], ['😀', 4097]] as const).map(([text, times]) => symbol('long', { text, times }));
const strangeNumbers = [0, -1, -0, 1.5, 1e308, 2 ** 31, 2 ** 53 + 2, -(2 ** 63), 2 ** 63, 1e-9];
const strangeShapes: Json[] = [null, true, false, [], {}, [null], [[]], { '': 0 }, { '__proto__': 1 }, { constructor: {} }, nested(30), nested(33), Array<Json>(300).fill('x')];
export const strangeBodies = [
    '', ' ', '{', '}', '[]', 'null', '1', '"x"', '{"version":1}{', '{"version":1,"version":2}', '{"version":1e999}', '{"version":01}', "{'version':1}",
    '\ufeff{}', '{"name":"\\ud800"}', '{"name":"\\u0000"}', '['.repeat(5000), '{"a":'.repeat(5000), '{}'.padEnd(70_000), `{"text":"${'x'.repeat(1_100_000)}"}`,
];
const mediaTypes = ['application/json; charset=utf-8', 'application/json;charset=latin1', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '*/*', 'application/problem+json', 'json'];

function nested(depth: number): Json {
    let value: Json = 1;
    for (let i = 0; i < depth; ++i) value = [value];
    return value;
}

const strange: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(...strangeTexts), fc.constantFrom<Json>(...longTexts), fc.constantFrom<Json>(...strangeNumbers), fc.constantFrom<Json>(...strangeShapes),
    fc.string({ unit: 'binary', maxLength: 40 }));

const ownPhones = ['+34600000001', '+34600000002', '600 000 003'];

/** What the schemas leave to prose. */
const byName: Record<string, fc.Arbitrary<Json>> = {
    email: fc.constantFrom<Json>(symbol('email', {}), symbol('email', {}), 'ana@example.com', 'eva@example.com', 'x@y', 'ñ@example.com'),
    password: fc.constantFrom(password, password, 'x', 'otra frase larga'),
    phone: fc.constantFrom<Json>(...ownPhones, null),
    country: fc.constantFrom('ES', 'MX', 'AR', 'CL', 'CO', 'GB', 'XX'),
    timezone: fc.constantFrom('Europe/Madrid', 'America/Argentina/Buenos_Aires', 'Australia/Lord_Howe', 'Etc/GMT+12', 'Europe/Atlantis'),
    currency: fc.constantFrom('EUR', 'MXN', 'JPY', 'XXX'),
    'body.from': fc.constantFrom(...ownPhones),
    'body.to': fc.constantFrom(...ownPhones),
    'query.customer': fc.constantFrom(...ownPhones),
    'query.from': fc.oneof(day(0, 30), instant(0, 30)),
    'query.to': fc.oneof(day(1, 60), instant(1, 60)),
    'query.wait': fc.constantFrom<Json>(0, 0, 0, 1, -1, 26),
    'query.cursor': fc.oneof(fc.constant<Json>(symbol('cursor', {})), fc.base64String({ maxLength: 80 })),
    'query.after': fc.uuid(),
    version: fc.oneof({ weight: 6, arbitrary: fc.constant<Json>(symbol('version', { plus: 0 })) }, fc.constant<Json>(symbol('version', { plus: -1 })), fc.constantFrom<Json>(0, 1, 999_999)),
};

function day(from: number, to: number): fc.Arbitrary<Json> {
    return fc.integer({ min: from, max: to }).map(days => symbol('day', { days }));
}

function instant(from: number, to: number): fc.Arbitrary<Json> {
    return fc.integer({ min: from * 96, max: to * 96 }).map(quarters => symbol('instant', { minutes: quarters * 15 }));
}

function idOf(kind: string): fc.Arbitrary<Json> {
    return fc.oneof(
        { weight: 8, arbitrary: fc.nat(5).map(n => symbol('id', { kind, whose: 'own', n })) },
        { weight: 1, arbitrary: fc.constant<Json>(symbol('id', { kind, whose: 'foreign', n: 0 })) },
        { weight: 1, arbitrary: fc.uuid({ version: 7 }) },
        { weight: 1, arbitrary: fc.constantFrom<Json>(...strangeTexts) });
}

/** Values that fit a schema, as far as a schema can tell. */
function fitting(contract: Contract, value: Json, place: string): fc.Arbitrary<Json> {
    const schema = contract.resolved(value);
    const name = place.slice(place.lastIndexOf('.') + 1);
    const kind = /^(.+?)_ids?$/.exec(name)?.[1];
    if (Array.isArray(schema['anyOf'])) return fc.oneof(...schema['anyOf'].map(one => fitting(contract, one, place)));
    if (Array.isArray(schema['type'])) return fc.oneof(...schema['type'].map(type => fitting(contract, { ...schema, type }, place)));
    if (Array.isArray(schema['enum'])) return fc.constantFrom<Json>(...schema['enum']);
    const hint = byName[place] ?? byName[name];
    if (hint && schema['type'] !== 'null') return hint;
    switch (schema['type']) {
        case 'string': return kind && kinds[kind] ? idOf(kind) : text(schema);
        case 'integer': return integer(schema);
        case 'boolean': return fc.boolean();
        case 'array': return fc.array(fitting(contract, schema['items'] ?? {}, place), { maxLength: 4 });
        case 'object': return object(contract, schema, place);
        case 'null': return fc.constant(null);
        default: return fc.jsonValue({ maxDepth: 2 }).map(one => one as Json);
    }
}

function text(schema: JsonObject): fc.Arbitrary<Json> {
    if (schema['format'] === 'date') return day(0, 60);
    if (schema['format'] === 'date-time') return instant(-4, 60);
    if (typeof schema['pattern'] === 'string') return fc.stringMatching(new RegExp(schema['pattern']));
    const min = Number(schema['minLength'] ?? 0);
    const max = Number(schema['maxLength'] ?? 60);
    return fc.oneof(
        { weight: 5, arbitrary: fc.string({ unit: 'grapheme', minLength: min, maxLength: Math.max(min, Math.min(max, 30)) }) },
        { weight: 3, arbitrary: fc.constantFrom('hola', 'quiero un corte mañana a las 10', 'sí', 'cancelar', 'no', '1').filter(one => one.length >= min && one.length <= max) },
        { weight: 1, arbitrary: fc.constantFrom(min, max, max + 1).map(times => symbol('long', { text: 'x', times })) });
}

function integer(schema: JsonObject): fc.Arbitrary<Json> {
    const min = Number(schema['minimum'] ?? -1000);
    const max = Number(schema['maximum'] ?? 1_000_000);
    return fc.oneof({ weight: 4, arbitrary: fc.integer({ min, max: Math.min(max, min + 1000) }) }, fc.constantFrom(min, max, min - 1, max + 1));
}

function object(contract: Contract, schema: JsonObject, place: string): fc.Arbitrary<Json> {
    const properties = contract.resolved(schema['properties'] ?? {});
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    const members: Record<string, fc.Arbitrary<Json>> = {};
    for (const [name, value] of Object.entries(properties)) members[name] = fitting(contract, value, `${place}.${name}`);
    return fc.record(members, { requiredKeys: required }).map(one => one as Json);
}

interface Damage {
    where: number;
    how: 'drop' | 'replace' | 'add';
    value: Json;
}

const damages: fc.Arbitrary<Damage> = fc.record({ where: fc.nat(30), how: fc.constantFrom('drop', 'replace', 'add'), value: strange });

/** The same value with one member gone, replaced or added somewhere. */
function damaged(value: Json, damage: Damage): Json {
    const copy: Json = structuredClone(value);
    const places: JsonObject[] = [];
    const visit = (one: Json): void => {
        if (Array.isArray(one)) one.forEach(visit);
        else if (isObject(one) && one['$'] === undefined) {
            places.push(one);
            Object.values(one).forEach(visit);
        }
    };
    visit(copy);
    const members = places.flatMap(place => Object.keys(place).map(name => ({ place, name })));
    const target = members[damage.where % Math.max(1, members.length)];
    if (damage.how === 'add' || !target) {
        const place = places[damage.where % Math.max(1, places.length)];
        if (place) place['unheard_of'] = damage.value;
    } else if (damage.how === 'drop') delete target.place[target.name];
    else target.place[target.name] = damage.value;
    return copy;
}

function bodies(contract: Contract, operation: Operation): fc.Arbitrary<Wish['body']> {
    const numbers = [...strangeBodies.keys()];
    const short = fc.constantFrom(...numbers.filter(one => strangeBodies[one]!.length < 1000)).map(raw => ({ raw }));
    // Where no body is expected none is read, and one that is too large to be skipped is no matter of the operation's.
    if (!operation.body) return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, short);
    const raw = fc.oneof({ weight: 6, arbitrary: short }, fc.constantFrom(...numbers).map(one => ({ raw: one })));
    const good = fitting(contract, operation.body, 'body');
    return fc.oneof(
        { weight: 10, arbitrary: good.map(json => ({ json })) },
        { weight: 5, arbitrary: fc.tuple(good, damages).map(([json, damage]) => ({ json: damaged(json, damage) })) },
        { weight: 1, arbitrary: strange.map(json => ({ json })) },
        { weight: 2, arbitrary: raw },
        { weight: operation.bodyRequired ? 1 : 3, arbitrary: fc.constant(undefined) });
}

function queries(contract: Contract, parameters: Parameter[]): fc.Arbitrary<[string, Json][]> {
    const known = parameters.filter(one => one.in === 'query').map(parameter => {
        const good = fitting(contract, parameter.schema, `query.${parameter.name}`).map((value): [string, Json] => [parameter.name, value]);
        const bad = strange.map((value): [string, Json] => [parameter.name, value]);
        const either = fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: bad });
        return fc.option(either, { nil: undefined, freq: parameter.required ? 30 : 2 });
    });
    const names = [...parameters.map(one => one.name), 'unheard_of', '', 'limit', 'a b', '%'];
    const odd = fc.tuple(fc.constantFrom(...names), strange).map((pair): [string, Json] => pair);
    return fc.tuple(fc.tuple(...known), fc.option(odd, { nil: undefined, freq: 1 }), fc.nat(9)).map(([good, more, dice]) =>
        [...good, dice === 0 ? more : undefined].filter(one => one !== undefined));
}

const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
    { weight: 12, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.constantFrom(...mediaTypes).map(type => ({ 'content-type': type })) },
    { weight: 2, arbitrary: fc.constantFrom('k1', 'k2', 'x'.repeat(200), 'x'.repeat(201), ' ', 'ñ'.repeat(3)).map(key => ({ 'idempotency-key': key })) },
    { weight: 1, arbitrary: fc.constantFrom('apunta_refresh=', 'apunta_refresh=x', 'a=b; apunta_refresh=' + 'y'.repeat(300), ';;;', '=').map(cookie => ({ cookie })) },
    { weight: 1, arbitrary: fc.constantFrom('null', 'https://example.com', '').map(origin => ({ origin })) });

function wishFor(contract: Contract, operation: Operation): fc.Arbitrary<Wish> {
    const kind = pathKindOf(operation);
    return fc.record<Wish>({
        operation: fc.constant(operation.id),
        token: fc.oneof({ weight: 30, arbitrary: fc.constant<Wish['token']>('own') }, fc.constant<Wish['token']>('none'), fc.constant<Wish['token']>('nonsense')),
        id: kind ? idOf(kind) : fc.constant(null),
        query: queries(contract, operation.parameters),
        headers,
        body: bodies(contract, operation),
        watched: fc.nat(2).map(dice => dice === 0),
    });
}

/** Those that hash a password cost a hundred times the others. */
const costly = new Set(['signUp', 'logIn']);

export function wishes(contract: Contract): fc.Arbitrary<Wish> {
    return fc.oneof(...contract.operations.map(operation => ({
        weight: costly.has(operation.id) ? 1 : operation.method === 'GET' ? 4 : 6,
        arbitrary: wishFor(contract, operation),
    })));
}

export function isSymbol(value: Json): value is JsonObject {
    return isObject(value) && typeof at(value, '/$') === 'string';
}
