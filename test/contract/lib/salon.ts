// A business of its own on a running server, and the calls of its owner.
import { randomInt, randomUUID } from 'node:crypto';
import { Client, type Answer } from './client.ts';
import { at, isObject, itemsOf, numberAt, textAt, type Json, type JsonObject } from './json.ts';

export const password = 'una frase larga';

let count = 0;

/** A name that nothing else has. */
export function unique(word: string): string {
    return `${word} ${process.pid} ${++count}`;
}

export function randomPhone(): string {
    return `+346${String(randomInt(100_000_000)).padStart(8, '0')}`;
}

const day = [{ from: '08:00', to: '22:00' }];
const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day };

export class Salon {
    client: Client;
    readonly email: string;
    /** Stands in every text that this owner writes: who may not see her things may not see it. */
    readonly marker: string;
    token = '';
    /** The refresh cookie of the first session. */
    cookie = '';
    business = '';
    account = '';
    service = '';
    staff = '';

    private constructor(client: Client, marker: string) {
        this.client = client;
        this.marker = marker;
        this.email = `${marker}@example.com`;
    }

    /** A business that is open every day, with a person and a service. */
    static async open(client: Client): Promise<Salon> {
        const salon = new Salon(client, `m${randomUUID().replaceAll('-', '')}`);
        const founding = { email: salon.email, password, name: salon.marker, business_name: salon.named('Salón'), country: 'ES' };
        const signedUp = await salon.send('POST', '/api/v1/auth/signup', founding);
        salon.take(expect(signedUp, 201));
        salon.cookie = cookieOf(signedUp);
        await salon.ok('PATCH', '/api/v1/business', {
            version: await salon.version('/api/v1/business'),
            address: salon.named('Calle'), min_notice_minutes: 0, horizon_days: 365, slot_step_minutes: 15,
            assistant: { owner_approves: true },
        });
        await salon.ok('PUT', '/api/v1/business/hours', { version: await salon.version('/api/v1/business/hours'), weekly: week });
        salon.staff = textAt(await salon.ok('GET', '/api/v1/staff'), '/items/0/id');
        salon.service = textAt(await salon.ok('POST', '/api/v1/services', salon.newService()), '/id');
        return salon;
    }

    named(word: string): string {
        return `${unique(word)} ${this.marker}`;
    }

    newService(): JsonObject {
        return { name: this.named('Corte'), duration_minutes: 30, price_minor: 1800 };
    }

    send(method: string, target: string, body?: Json, headers: Record<string, string> = {}): Promise<Answer> {
        const all: Record<string, string> = { ...headers };
        if (this.token !== '' && all['authorization'] === undefined) all['authorization'] = `Bearer ${this.token}`;
        if (body === undefined) return this.client.send({ method, target, headers: all });
        all['content-type'] ??= 'application/json';
        return this.client.send({ method, target, headers: all, body: JSON.stringify(body) });
    }

    /** The body of an answer that has to be a success. */
    async ok(method: string, target: string, body?: Json): Promise<Json> {
        return successful(`${method} ${target}`, await this.send(method, target, body));
    }

    async version(target: string): Promise<number> {
        return numberAt(await this.ok('GET', target), '/version');
    }

    /** A further session of the same owner; the salon keeps the one it had. */
    async logIn(): Promise<{ token: string; cookie: string; session: string }> {
        const answer = await this.client.send({
            method: 'POST', target: '/api/v1/auth/login', headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ email: this.email, password }),
        });
        const token = textAt(expect(answer, 200), '/access_token');
        return { token, cookie: cookieOf(answer), session: sessionOf(token) };
    }

    async renewToken(): Promise<void> {
        this.token = (await this.logIn()).token;
    }

    /** Business time, as an instant. */
    async now(): Promise<string> {
        return textAt(await this.ok('POST', '/api/v1/simulator/clock', { advance_minutes: 0 }), '/now');
    }

    /** The date so many days from now. */
    async date(days: number): Promise<string> {
        return new Date(Date.parse(await this.now()) + days * 86_400_000).toISOString().slice(0, 10);
    }

    /** A start at which the salon's own person is free for its service, so many days from now. */
    async freeStart(days = 2): Promise<string> {
        const from = await this.date(days);
        const found = await this.ok('GET', `/api/v1/availability?service_id=${this.service}&staff_id=${this.staff}&from=${from}&to=${from}`);
        return textAt(found, '/items/0/starts_at');
    }

    async book(days = 2): Promise<JsonObject> {
        const booking = await this.ok('POST', '/api/v1/bookings', {
            service_id: this.service, staff_id: this.staff, starts_at: await this.freeStart(days),
            customer: { name: this.named('Lucía'), phone: randomPhone() },
        });
        if (!isObject(booking)) throw new Error('a booking is an object');
        return booking;
    }

    /** A booking that lies behind us: business time moves on. */
    async bookingOfThePast(): Promise<string> {
        const booking = await this.book(0).catch(() => this.book(1));
        await this.ok('POST', '/api/v1/simulator/clock', { now: textAt(booking, '/ends_at') });
        return textAt(booking, '/id');
    }

    /** A booking made by chat, which waits for the owner's word. */
    async pendingBooking(): Promise<string> {
        const phone = randomPhone();
        const name = at(await this.ok('GET', `/api/v1/services/${this.service}`), '/name');
        await this.say(phone, `Hola, quiero ${String(name)} pasado mañana a las 10`);
        await this.say(phone, 'sí');
        const pending = itemsOf(await this.ok('GET', '/api/v1/bookings?status=pending'));
        const hers = pending.find(booking => at(booking, '/customer/phone') === phone);
        if (!hers) throw new Error(`no booking by chat: ${JSON.stringify(await this.heard(phone))}`);
        return textAt(hers, '/id');
    }

    /** A customer writes, and all that follows has happened. Her phone number makes the chat. */
    async say(phone: string, text: string): Promise<void> {
        await this.ok('POST', '/api/v1/simulator/messages', { from: phone, name: 'Lucía', text });
        await this.settled(phone);
    }

    async settled(phone: string): Promise<void> {
        let last = '';
        for (let wait = 0; ; wait = 5) { // who has nothing to hear and asks with patience is let wait
            const after = last === '' ? '' : `&after=${last}`;
            const screen = await this.ok('GET', `/api/v1/simulator/messages?customer=${encodeURIComponent(phone)}&wait=${wait}${after}`);
            if (at(screen, '/idle') === true) return;
            const items = itemsOf(screen);
            if (items.length > 0) last = textAt(items.at(-1), '/id');
        }
    }

    async heard(phone: string): Promise<Json[]> {
        return itemsOf(await this.ok('GET', `/api/v1/simulator/messages?customer=${encodeURIComponent(phone)}`));
    }

    async conversationWith(phone: string): Promise<string> {
        const all = itemsOf(await this.ok('GET', '/api/v1/conversations?limit=200'));
        return textAt(all.find(one => at(one, '/customer/phone') === phone), '/id');
    }

    private take(granted: Json): void {
        this.token = textAt(granted, '/access_token');
        this.business = textAt(granted, '/business/id');
        this.account = textAt(granted, '/account/id');
    }
}

function successful(what: string, answer: Answer): Json {
    if (answer.status < 200 || answer.status > 299) throw new Error(`${what} answered ${answer.status}: ${answer.text}`);
    return answer.text === '' ? null : answer.json();
}

function expect(answer: Answer, status: number): Json {
    if (answer.status !== status) throw new Error(`wanted ${status}, got ${answer.status}: ${answer.text}`);
    return answer.json();
}

function cookieOf(answer: Answer): string {
    return (answer.headers.get('set-cookie') ?? '').split(';')[0]!;
}

/** The claim that names the session. */
export function sessionOf(token: string): string {
    const claims: Json = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return textAt(claims, '/sid');
}
