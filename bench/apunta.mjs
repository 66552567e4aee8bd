// Apunta as a contestant: loads the salon through its API, as its owner would, and says which requests do the work.
import { mkdtempSync } from 'node:fs';
import { createSalon } from './api.mjs';
import { freeStarts, salon } from './data.mjs';
import { Program, freePort } from './process.mjs';

const begin = '2030-01-07T00:00';
export const account = { email: 'owner@example.com', password: 'benchmark-password' };

/** `postgres`: what startPostgres() gave, or nothing for SQLite. */
export async function serve(folder, postgres, options) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = await Program.start('build/release/apunta', ['serve', '--data', folder, '--port', port, ...options], {
        // One owner asks more in a second than people do in a day.
        env: { DATABASE_URL: postgres ? `${postgres.url}apunta` : '', API_REQUESTS_PER_MINUTE: '0' },
        log: `${folder}.log`, ready: `${url}/readyz` });
    return { url, server };
}

export class Apunta {
    name = 'Apunta';
    used = 0; // free starts

    constructor(folder, postgres) {
        this.folder = mkdtempSync(`${folder}/apunta-`);
        this.postgres = postgres;
        this.engine = postgres ? 'postgres' : 'sqlite';
    }

    async prepare() {
        const data = salon();
        await this.start();
        this.ids = await createSalon(this.url, account, data);
        await this.stop();
        this.bodies = freeStarts(100_000).map(({ staff, startsAt }, i) => JSON.stringify({
            service_id: this.ids.services[1], staff_id: this.ids.staff[staff], starts_at: new Date(startsAt).toISOString(),
            customer: { name: `Cliente ${i % 1000}`, phone: `+34610${String(i % 1000).padStart(6, '0')}` } }));
    }

    async start() { Object.assign(this, await serve(this.folder, this.postgres, ['--now', begin])); }

    async stop() { await this.server.stop(); }

    async logIn() {
        const response = await fetch(`${this.url}/api/v1/auth/login`, {
            method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(account) });
        if (response.status !== 200) throw new Error(`log-in: ${response.status} ${await response.text()}`);
        this.token = (await response.json()).access_token;
    }

    /** The paths of what is read. */
    get reads() {
        const service = `service_id=${this.ids.services[3]}`;
        const week = 'from=2030-01-14T00:00:00%2B01:00&to=2030-01-21T00:00:00%2B01:00';
        const month = 'from=2030-01-07T00:00:00%2B01:00&to=2030-02-06T00:00:00%2B01:00';
        return {
            health: '/healthz',
            list_50: `/api/v1/bookings?${week}&limit=50`,
            availability_7d_1: `/api/v1/availability?${service}&staff_id=${this.ids.staff[1]}&${week}`,
            availability_7d_6: `/api/v1/availability?${service}&${week}`,
            availability_30d_6: `/api/v1/availability?${service}&${month}`,
        };
    }

    creates = '/api/v1/bookings';

    /** What golden.mjs compares. */
    starts(answer) {
        const number = Object.fromEntries(Object.entries(this.ids.staff).map(([n, id]) => [id, Number(n)]));
        return answer.items.map((start) => ({
            from: start.starts_at, to: start.ends_at, staff: start.staff_ids.map((id) => number[id]) }));
    }
    bookings(answer) {
        return answer.items.map((booking) => ({
            from: booking.starts_at, to: booking.ends_at, status: booking.status, staff: booking.staff_name,
            service: booking.service_name, customer: booking.customer.name, phone: booking.customer.phone }));
    }
}
