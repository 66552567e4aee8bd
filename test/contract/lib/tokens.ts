// Access tokens that no longer open anything, of a salon whose things are there.
import assert from 'node:assert/strict';
import { Client } from './client.ts';
import { at } from './json.ts';
import { clockMoved, serve } from './program.ts';
import type { Place } from './place.ts';
import { Salon } from './salon.ts';

/** A salon that signed up on this place twenty minutes ago: its token has run out, its session has not. The server is gone
 *  again; `renewed` lets its owner go on at the next one. */
export async function openSalonOfThePast(place: Place): Promise<{ salon: Salon; expired: string }> {
    const server = await serve(place, clockMoved('-20m'));
    const salon = await Salon.open(new Client(server.url));
    salon.client.close();
    assert.equal(await server.program.stop(), 0, server.program.words);
    return { salon, expired: salon.token };
}

export async function renewed(salon: Salon, client: Client): Promise<void> {
    salon.client = client;
    await salon.renewToken();
}

/** Changes one bit of the signature. */
export function withBrokenSignature(token: string): string {
    const [head, claims, signature] = token.split('.');
    const bytes = Buffer.from(signature!, 'base64url');
    bytes[0]! ^= 1;
    return `${head}.${claims}.${bytes.toString('base64url')}`;
}

/** The token of a session that its owner ended from another one. */
export async function tokenOfRevokedSession(salon: Salon): Promise<string> {
    const other = await salon.logIn();
    const revoked = await salon.send('DELETE', `/api/v1/auth/sessions/${other.session}`);
    assert.equal(revoked.status, 204, revoked.text);
    return other.token;
}

/** Fails unless the answer is 401 for the reason given. */
export async function expectUnauthorized(salon: Salon, token: string, code: string | undefined): Promise<void> {
    const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
    const answer = await salon.client.send({ method: 'GET', target: '/api/v1/auth/me', headers });
    assert.equal(answer.status, 401, answer.text);
    if (code) assert.equal(at(answer.json(), '/code'), code);
}
