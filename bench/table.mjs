// The figures as Markdown, with their goals.
import { readFileSync, writeFileSync } from 'node:fs';

const cpuRows = [
    ['availability_7d_6', 'P1', 'availability, 7 days, 6 staff', 100],
    ['availability_30d_6', 'P2', 'availability, 30 days, 6 staff', 150],
    ['availability_7d_1', '', 'availability, 7 days, 1 staff'],
    ['list_50', 'P4', 'list of 50 bookings', 40],
    ['create', 'P5', 'create a booking', 100],
    ['health', 'P7', '/healthz', 15],
];

export function tables(figures) {
    return ['sqlite', 'postgres'].map((engine) => table(
        figures.find((f) => f.engine === engine && f.name === 'Apunta'), figures.find((f) => f.engine === engine && f.name !== 'Apunta'), engine)).join('\n\n');
}

/** Puts `text` between the two marks of a document. */
export function replaceIn(document, mark, text) {
    const [begin, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
    const before = readFileSync(document, 'utf8');
    const [from, to] = [before.indexOf(begin), before.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${document} has no place marked ${mark}`);
    writeFileSync(document, `${before.slice(0, from + begin.length)}\n${text}\n${before.slice(to)}`);
}

function table(apunta, nest, engine) {
    const lines = cpuRows.map(([key, number, title, goal]) => [
        number, title, ...compared(apunta[key].cpu, nest?.[key].cpu, ' µs', goal && `≥ ${goal}×`, 'less'), seen(apunta[key])]);
    const { create_many: many } = apunta;
    lines.push(['P6', 'durable bookings a second, 64 clients', ...compared(many.rate, nest?.create_many.rate, '', '≥ 40×', 'more'), seen(many)]);
    lines.push(['P8', 'memory, idle', ...compared(apunta.memory_idle, nest?.memory_idle, ' MB', '≤ 25 MB', 'less'), '']);
    lines.push(['P8', 'memory, the most under this load', ...compared(apunta.memory_loaded, nest?.memory_loaded, ' MB', '≤ 60 MB', 'less'), '']);
    lines.push(['P9', 'start to ready', ...compared(apunta.start, nest?.start, ' ms', '≤ 60 ms', 'less'), '']);
    const head = ['', `${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}: CPU a request unless said`, 'Apunta', 'NestJS', 'ratio', 'goal', 'requests a second, p50, p99'];
    return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function compared(ours, theirs, unit, goal, better) {
    const ratio = theirs === undefined ? '' : `${round(better === 'less' ? theirs / ours : ours / theirs)}×`;
    return [round(ours) + unit, theirs === undefined ? '' : round(theirs) + unit, ratio, goal ?? ''];
}

function seen({ rate, p50, p99 }) { return `${round(rate)}, ${round(p50)} ms, ${round(p99)} ms`; }

/** Three digits. */
function round(number) {
    const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(number, 0.01))));
    return Number(number.toFixed(digits)).toLocaleString('en');
}
