// The server's database, read past the server.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import pg from 'pg';

/** Every row of every table, as text: the tables are those of the catalogue, not of a list. */
export type Dump = Map<string, string[]>;

export interface Database {
    dump(): Promise<Dump>;
    /** What belongs to one business. */
    dumpOf(business: string): Promise<Dump>;
    close(): Promise<void>;
}

export class SqliteDatabase implements Database {
    private readonly database: DatabaseSync;
    private ofOneBusiness: [string, StatementSync][] | undefined;

    constructor(file: string) {
        this.database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    }

    async dump(): Promise<Dump> {
        this.database.exec('BEGIN'); // one moment for all tables
        try {
            return new Map(this.tables().map(table => [table, this.rows(table)]));
        } finally {
            this.database.exec('COMMIT');
        }
    }

    async dumpOf(business: string): Promise<Dump> {
        this.ofOneBusiness ??= this.prepareOfOneBusiness();
        const dump: Dump = new Map();
        this.database.exec('BEGIN');
        for (const [table, rows] of this.ofOneBusiness) dump.set(table, rows.all(business).map(row => JSON.stringify(row)));
        this.database.exec('COMMIT');
        return dump;
    }

    async close(): Promise<void> {
        this.database.close();
    }

    private prepareOfOneBusiness(): [string, StatementSync][] {
        const withBusiness = this.tables().filter(table => this.columns(table).includes('business_id'));
        return [
            ['business', this.database.prepare('SELECT * FROM business WHERE id = ?')],
            ...withBusiness.map((table): [string, StatementSync] =>
                [table, this.database.prepare(`SELECT * FROM "${table}" WHERE business_id = ?`)]),
        ];
    }

    private columns(table: string): string[] {
        return this.database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all().map(row => String(row['name']));
    }

    private tables(): string[] {
        const named = this.database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        return named.all().map(row => String(row['name']));
    }

    private rows(table: string): string[] {
        const rows = this.database.prepare(`SELECT * FROM "${table}"`).all();
        return rows.map(row => JSON.stringify(row)).sort();
    }
}

export class PostgresDatabase implements Database {
    private readonly pool: pg.Pool;
    private ofOneBusiness: string | undefined;

    constructor(url: string) {
        this.pool = new pg.Pool({ connectionString: url, max: 1 });
    }

    async dump(): Promise<Dump> {
        const client = await this.pool.connect();
        try {
            await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
            const tables = await client.query<{ name: string }>(
                "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1");
            const dump: Dump = new Map();
            for (const { name } of tables.rows) {
                const rows = await client.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${name}" t`);
                dump.set(name, rows.rows.map(one => one.row).sort());
            }
            await client.query('COMMIT');
            return dump;
        } finally {
            client.release();
        }
    }

    async dumpOf(business: string): Promise<Dump> {
        this.ofOneBusiness ??= await this.writeOfOneBusiness();
        const rows = await this.pool.query<{ name: string; row: string }>(this.ofOneBusiness, [business]);
        const dump: Dump = new Map();
        for (const { name, row } of rows.rows) {
            const table = dump.get(name);
            if (table) table.push(row);
            else dump.set(name, [row]);
        }
        return dump;
    }

    async close(): Promise<void> {
        await this.pool.end();
    }

    private async writeOfOneBusiness(): Promise<string> {
        const tables = await this.pool.query<{ name: string }>(
            "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'business_id'");
        const parts = tables.rows.map(({ name }) => `SELECT '${name}' AS name, row_to_json(t)::text AS row FROM "${name}" t WHERE business_id = $1`);
        return [...parts, "SELECT 'business', row_to_json(t)::text FROM business t WHERE id = $1"].join(' UNION ALL ');
    }
}

/** The rows that name one of these ids, whatever the table and the column. */
export function rowsNaming(dump: Dump, ids: ReadonlySet<string>): Dump {
    const quoted = [...ids].map(id => JSON.stringify(id));
    const found: Dump = new Map();
    for (const [table, rows] of dump) {
        const naming = rows.filter(row => quoted.some(id => row.includes(id)));
        if (naming.length > 0) found.set(table, naming);
    }
    return found;
}

export function rowCount(dump: Dump): number {
    return [...dump.values()].reduce((sum, rows) => sum + rows.length, 0);
}

/** What differs, a line a row. */
export function differences(before: Dump, after: Dump): string[] {
    const lines: string[] = [];
    for (const table of new Set([...before.keys(), ...after.keys()])) {
        const was = new Set(before.get(table));
        const is = new Set(after.get(table));
        for (const row of was) if (!is.has(row)) lines.push(`- ${table} ${row}`);
        for (const row of is) if (!was.has(row)) lines.push(`+ ${table} ${row}`);
    }
    return lines;
}
