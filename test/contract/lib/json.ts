// JSON as a value with a type.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a JSON pointer, such as `/items/0/id`; undefined where there is none. */
export function at(value: Json | undefined, pointer: string): Json | undefined {
    let found = value;
    for (const step of pointer.split('/').slice(1)) {
        const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
        if (Array.isArray(found)) found = found[Number(name)];
        else if (isObject(found) && Object.hasOwn(found, name)) found = found[name];
        else return undefined;
    }
    return found;
}

export function textAt(value: Json | undefined, pointer: string): string {
    const found = at(value, pointer);
    if (typeof found !== 'string') throw new Error(`no text at ${pointer} of ${JSON.stringify(value)}`);
    return found;
}

export function numberAt(value: Json | undefined, pointer: string): number {
    const found = at(value, pointer);
    if (typeof found !== 'number') throw new Error(`no number at ${pointer} of ${JSON.stringify(value)}`);
    return found;
}

export function itemsOf(value: Json | undefined): Json[] {
    const items = at(value, '/items');
    if (!Array.isArray(items)) throw new Error(`no items in ${JSON.stringify(value)}`);
    return items;
}
