// The NestJS + Sequelize baseline as a contestant. It lies in a folder of its own, is copied to be built, and answers the
// same questions about the same salon; only its seed makes its data.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { freeStarts } from './data.mjs';
import { Program, freePort, run } from './process.mjs';

/** Copies and builds it in `folder`, with npm; a build that is there already is kept. SQLite's driver compiles for minutes. */
export function buildNest(source, folder) {
    if (existsSync(`${folder}/dist/main.js`)) return;
    cpSync(source, folder, { recursive: true });
    const npm = (...args) => run('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (!existsSync(`${folder}/node_modules`)) npm('install', '--no-audit', '--no-fund', '--loglevel=error');
    npm('run', 'build');
    npm('run', 'data');
}

export class Nest {
    name = 'NestJS';
    used = 0;

    constructor(build, folder, postgres) {
        this.build = build;
        this.folder = folder;
        this.postgres = postgres;
        this.engine = postgres ? 'postgres' : 'sqlite';
        this.env = { DATABASE_URL: postgres ? `${postgres.url}nest` : `sqlite:${folder}/nest.db`, SQLITE_SYNC: 'FULL', NODE_ENV: 'production' };
    }

    async prepare() {
        run('node', ['dist/seed.js'], { cwd: this.build, env: { ...process.env, ...this.env } });
        this.bodies = freeStarts(100_000).map(({ staff, startsAt }, i) => JSON.stringify({
            service_id: 1, professional_id: staff, start: new Date(startsAt).toISOString(),
            customer: { name: `Cliente ${i % 1000}`, phone: `+34610${String(i % 1000).padStart(6, '0')}` } }));
    }

    async start() {
        const port = await freePort();
        this.url = `http://127.0.0.1:${port}`;
        this.server = await Program.start(process.execPath, ['dist/main.js'], {
            cwd: this.build, env: { ...this.env, PORT: port }, log: `${this.folder}/nest.log`, ready: `${this.url}/health` });
    }

    async stop() { await this.server.stop(); }

    async logIn() {
        const { user } = JSON.parse(readFileSync(`${this.build}/seed/data.json`, 'utf8'));
        const response = await fetch(`${this.url}/auth/login`, {
            method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(user) });
        this.token = (await response.json()).access_token;
    }

    get reads() {
        const week = 'from=2030-01-14T00:00:00%2B01:00&to=2030-01-21T00:00:00%2B01:00';
        const month = 'from=2030-01-07T00:00:00%2B01:00&to=2030-02-06T00:00:00%2B01:00';
        return {
            health: '/health',
            list_50: `/bookings?${week}&limit=50`,
            availability_7d_1: `/availability?service_id=3&professional_id=1&${week}`,
            availability_7d_6: `/availability?service_id=3&${week}`,
            availability_30d_6: `/availability?service_id=3&${month}`,
        };
    }

    creates = '/bookings';

    starts(answer) { return answer.slots.map((slot) => ({ from: slot.start, to: slot.end, staff: slot.professional_ids })); }
    bookings(answer) {
        return answer.items.map((booking) => ({
            from: booking.starts_at, to: booking.ends_at, status: booking.status, staff: booking.professional.name,
            service: booking.service.name, customer: booking.customer.name, phone: booking.customer.phone }));
    }
}
