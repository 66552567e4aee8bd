// Calls put together from the contract, the recipes and the kinds.
import { kindNamed, kinds } from '../kinds.ts';
import { recipes, type Recipe } from '../recipes.ts';
import type { Call } from './client.ts';
import type { Contract, Operation } from './contract.ts';
import { at, type JsonObject } from './json.ts';
import type { Salon } from './salon.ts';

/** A place in a call where an id stands. */
export interface Slot {
    where: 'path' | 'query' | 'body';
    name: string;
    isList: boolean;
    kind: string;
}

/** A call with its parts still apart. */
export interface Parts {
    operation: Operation;
    id: string;
    query: Record<string, string>;
    headers: Record<string, string>;
    body: JsonObject | undefined;
}

export function recipeOf(operation: Operation): Recipe {
    const recipe = recipes[operation.id];
    if (!recipe) throw new Error(`recipes.ts lacks the operation ${operation.id} (${operation.method} ${operation.path})`);
    return recipe;
}

/** The names of operations that the contract has and recipes.ts lacks, and the other way round. */
export function strangers(contract: Contract): string[] {
    const promised = new Set(contract.operations.map(operation => operation.id));
    return [
        ...[...promised].filter(id => !recipes[id]).map(id => `recipes.ts lacks the operation ${id}`),
        ...Object.keys(recipes).filter(id => !promised.has(id)).map(id => `the contract lacks the operation ${id} of recipes.ts`),
    ];
}

export function pathKindOf(operation: Operation): string | undefined {
    if (!operation.path.includes('{')) return undefined;
    for (const [name, kind] of Object.entries(kinds)) {
        if (kind.collection && operation.path.startsWith(`${kind.collection}/{`)) return name;
    }
    throw new Error(`kinds.ts lacks the collection of ${operation.path}`);
}

/** Where ids stand in a call of this operation: in its path, and wherever a name or its recipe says so. */
export function slotsOf(contract: Contract, operation: Operation): Slot[] {
    const declared = recipeOf(operation).ids ?? {};
    const slots: Slot[] = [];
    const kind = pathKindOf(operation);
    if (kind) slots.push({ where: 'path', name: 'id', isList: false, kind });
    const note = (where: 'query' | 'body', name: string): void => {
        const named = declared[`${where}.${name}`] ?? kindOfName(name);
        if (!named) return;
        kindNamed(named);
        slots.push({ where, name, isList: name.endsWith('_ids'), kind: named });
    };
    for (const parameter of operation.parameters) if (parameter.in === 'query') note('query', parameter.name);
    for (const name of membersOf(contract, operation)) note('body', name);
    return slots;
}

function membersOf(contract: Contract, operation: Operation): string[] {
    if (!operation.body) return [];
    for (const [name, schema] of Object.entries(contract.resolved(operation.body['properties'] ?? {}))) {
        const inner = Object.keys(contract.resolved(at(contract.resolved(schema), '/properties') ?? {}));
        const deep = inner.find(one => kindOfName(one));
        if (deep) throw new Error(`${operation.id} has an id in ${name}.${deep}: calls.ts looks at the first level only`);
    }
    return Object.keys(contract.resolved(operation.body['properties'] ?? {}));
}

function kindOfName(name: string): string | undefined {
    return /^(.+)_ids?$/.exec(name)?.[1];
}

/** A call that succeeds, about a thing of the salon. */
export async function partsFor(operation: Operation, salon: Salon, thing?: string): Promise<Parts> {
    const recipe = recipeOf(operation);
    const kind = pathKindOf(operation);
    const id = thing ?? (recipe.thing ? await recipe.thing(salon) : kind ? await kindNamed(kind).make(salon) : '');
    return {
        operation,
        id,
        query: recipe.query ? await recipe.query(salon) : {},
        headers: recipe.headers ? await recipe.headers(salon) : {},
        body: recipe.body ? await recipe.body(salon, id) : undefined,
    };
}

/** The same call with this id in that place. */
export function withId(parts: Parts, slot: Slot, id: string): Parts {
    if (slot.where === 'path') return { ...parts, id };
    const without = recipeOf(parts.operation).instead?.[slot.name];
    if (slot.where === 'query') {
        const { [without ?? '']: _, ...query } = parts.query;
        return { ...parts, query: { ...query, [slot.name]: id } };
    }
    const { [without ?? '']: _, ...body } = parts.body ?? {};
    return { ...parts, body: { ...body, [slot.name]: slot.isList ? [id] : id } };
}

/** `token` empty: nobody calls. */
export function callOf(parts: Parts, token: string): Call {
    const query = new URLSearchParams(parts.query).toString();
    const headers: Record<string, string> = { ...parts.headers };
    if (token !== '') headers['authorization'] = `Bearer ${token}`;
    const call: Call = {
        method: parts.operation.method,
        target: parts.operation.path.replace(/\{[^}]*\}/, encodeURIComponent(parts.id)) + (query === '' ? '' : `?${query}`),
        headers,
    };
    if (parts.body) {
        headers['content-type'] = 'application/json';
        call.body = JSON.stringify(parts.body);
    }
    return call;
}

export function successOf(operation: Operation): number {
    const status = recipeOf(operation).status ?? operation.statuses.find(one => one >= 200 && one < 300);
    if (!status) throw new Error(`${operation.id} has no success in the contract`);
    return status;
}
