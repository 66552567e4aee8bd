// Where a server of a test lives: a folder of its own and, for PostgreSQL, a database of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { PostgresDatabase, SqliteDatabase, type Database } from './database.ts';

export type Engine = 'sqlite' | 'postgres';

/** Both, or with APUNTA_SKIP_POSTGRES=1 SQLite alone. */
export const engines: Engine[] = process.env['APUNTA_SKIP_POSTGRES'] === '1' ? ['sqlite'] : ['sqlite', 'postgres'];

let count = 0;

export class Place {
    readonly folder: string;
    /** Empty: SQLite in the folder. */
    readonly databaseUrl: string;

    private constructor(folder: string, databaseUrl: string) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
    }

    static async make(engine: Engine): Promise<Place> {
        const folder = await mkdtemp(join(tmpdir(), 'apunta-contract-'));
        if (engine === 'sqlite') return new Place(folder, '');
        const name = `apunta_contract_${process.pid}_${++count}`;
        await administer(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
        return new Place(folder, databaseAt(name));
    }

    database(): Database {
        return this.databaseUrl === '' ? new SqliteDatabase(join(this.folder, 'apunta.db')) : new PostgresDatabase(this.databaseUrl);
    }

    async remove(): Promise<void> {
        if (this.databaseUrl !== '') {
            await administer(`DROP DATABASE IF EXISTS ${new URL(this.databaseUrl).pathname.slice(1)} WITH (FORCE)`);
        }
        await rm(this.folder, { recursive: true, force: true });
    }
}

/** The same server and parameters, another database. */
function databaseAt(name: string): string {
    const address = process.env['APUNTA_TEST_POSTGRES'];
    if (!address) {
        throw new Error('set APUNTA_TEST_POSTGRES to a postgresql:// address whose user may create databases '
            + '(test/postgres.sh starts such a server), or APUNTA_SKIP_POSTGRES=1');
    }
    const url = new URL(address);
    url.pathname = `/${name}`;
    return url.href;
}

async function administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: databaseAt('postgres') });
    await client.connect();
    try {
        await client.query(statement);
    } finally {
        await client.end();
    }
}
