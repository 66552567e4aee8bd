// contract/openapi.json as the tests read it: operations, and a judge of answers that shares nothing with the server's own.
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from './client.ts';
import { at, isObject, type Json, type JsonObject } from './json.ts';

export const contractFile = new URL('../../../contract/openapi.json', import.meta.url).pathname;

export interface Parameter {
    name: string;
    in: 'path' | 'query' | 'header' | 'cookie';
    required: boolean;
    schema: JsonObject;
}

export interface Operation {
    id: string;
    method: string;
    path: string;
    isPublic: boolean;
    parameters: Parameter[];
    /** The schema of a JSON body. */
    body: JsonObject | undefined;
    bodyRequired: boolean;
    statuses: number[];
}

export class Contract {
    readonly document: JsonObject;
    readonly operations: Operation[];
    private readonly ajv: Ajv2020;
    private readonly validators = new Map<string, ValidateFunction>();

    constructor(document: JsonObject) {
        this.document = document;
        this.ajv = new Ajv2020({ strict: false, allErrors: true });
        formats.default(this.ajv);
        this.ajv.addSchema(document, 'contract');
        this.operations = this.readOperations();
    }

    static read(): Contract {
        const document: Json = JSON.parse(readFileSync(contractFile, 'utf8'));
        if (!isObject(document)) throw new Error(`${contractFile} is no object`);
        return new Contract(document);
    }

    operation(id: string): Operation {
        const found = this.operations.find(operation => operation.id === id);
        if (!found) throw new Error(`the contract has no operation ${id}`);
        return found;
    }

    /** The object behind a `$ref`, or the object itself. */
    resolved(value: Json | undefined): JsonObject {
        const ref = at(value, '/$ref');
        const found = typeof ref === 'string' ? at(this.document, ref.slice(1)) : value;
        if (!isObject(found)) throw new Error(`nothing behind ${JSON.stringify(value)}`);
        return typeof found['$ref'] === 'string' ? this.resolved(found) : found;
    }

    /** What is wrong with an answer, as far as the contract can tell; empty when it is as promised. */
    breaches(operation: Operation, answer: Answer): string[] {
        const base = `/paths/${escapeStep(operation.path)}/${operation.method.toLowerCase()}/responses/${answer.status}`;
        const listed = at(this.document, base);
        if (listed === undefined) return [`the status ${answer.status} is not in the contract`];
        const ref = at(listed, '/$ref');
        const place = typeof ref === 'string' ? ref.slice(1) : base;
        const content = at(this.document, `${place}/content`);
        const faults: string[] = [];
        if (answer.status >= 400 && answer.mediaType !== 'application/problem+json') {
            faults.push(`an error of the type ${answer.mediaType}`);
        }
        if (!isObject(content)) return answer.text === '' ? faults : [...faults, 'a body where the contract has none'];
        if (!Object.hasOwn(content, answer.mediaType)) return [...faults, `the type ${answer.mediaType} is not in the contract`];
        if (!/[/+]json$/.test(answer.mediaType)) return faults;
        if (at(answer.json(), '/status') !== undefined && answer.status >= 400 && at(answer.json(), '/status') !== answer.status) {
            faults.push('a problem with the status of another');
        }
        return [...faults, ...this.mismatches(`${place}/content/${escapeStep(answer.mediaType)}/schema`, answer.json())];
    }

    private mismatches(pointer: string, value: Json): string[] {
        let validate = this.validators.get(pointer);
        if (!validate) {
            validate = this.ajv.compile({ $ref: `contract#${encodeURI(pointer)}` });
            this.validators.set(pointer, validate);
        }
        if (validate(value)) return [];
        return (validate.errors ?? []).map(error => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
    }

    private readOperations(): Operation[] {
        const operations: Operation[] = [];
        for (const [path, methods] of Object.entries(this.resolved(this.document['paths']))) {
            for (const [method, value] of Object.entries(this.resolved(methods))) {
                operations.push(this.readOperation(path, method.toUpperCase(), this.resolved(value)));
            }
        }
        return operations;
    }

    private readOperation(path: string, method: string, value: JsonObject): Operation {
        const parameters = (Array.isArray(value['parameters']) ? value['parameters'] : []).map(one => this.resolved(one));
        const request = value['requestBody'] === undefined ? undefined : this.resolved(value['requestBody']);
        const body = at(request, '/content/application~1json/schema');
        return {
            id: String(value['operationId']),
            method,
            path,
            isPublic: Array.isArray(value['security']) && value['security'].length === 0,
            parameters: parameters.map(one => ({
                name: String(one['name']),
                in: one['in'] as Parameter['in'],
                required: one['required'] === true,
                schema: this.resolved(one['schema']),
            })),
            body: body === undefined ? undefined : this.resolved(body),
            bodyRequired: request?.['required'] === true,
            statuses: Object.keys(this.resolved(value['responses'])).map(Number),
        };
    }
}

function escapeStep(step: string): string {
    return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
