// The answers both contestants must give: what the baseline said of this salon, in bench/golden.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Nest } from './nest.mjs';

const files = {
    list_50: 'bookings_list_50.json',
    availability_7d_1: 'availability_7d_1p.json',
    availability_7d_6: 'availability_7d_6p.json',
    availability_30d_6: 'availability_30d_6p.json',
};

/** Throws when an answer of the contestant is another one; answers how many rows each had. */
export async function compare(contestant) {
    const counts = {};
    for (const [name, file] of Object.entries(files)) {
        const response = await fetch(contestant.url + contestant.reads[name], { headers: { authorization: `Bearer ${contestant.token}` } });
        const wanted = rows(name, Nest.prototype, JSON.parse(readFileSync(new URL(`golden/${file}`, import.meta.url), 'utf8')));
        const answered = rows(name, contestant, await response.json());
        const different = wanted.findIndex((row, i) => !isDeepStrictEqual(row, answered[i]));
        if (different >= 0 || answered.length !== wanted.length) {
            throw new Error(`${contestant.name}, ${contestant.engine}: ${name} has ${answered.length} rows instead of ${wanted.length}, ` +
                `and row ${different} is ${JSON.stringify(answered[different])} instead of ${JSON.stringify(wanted[different])}`);
        }
        counts[name] = answered.length;
    }
    return counts;
}

/** Instants as milliseconds, staff in order. */
function rows(name, contestant, answer) {
    const plain = name === 'list_50' ? contestant.bookings(answer) : contestant.starts(answer);
    return plain.map((row) => ({ ...row, from: Date.parse(row.from), to: Date.parse(row.to), staff: [row.staff].flat().sort() }));
}
