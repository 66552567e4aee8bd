// node table.mjs [--apunta PROGRAM] [--misses] FILE.jsonl…   how many of the phrases each reader gets right, by tag
import { readFileSync } from "node:fs";
import { readWithApunta, readWithChrono, readWithRecognizers } from "./readers.mjs";

const fields = ["date", "date_to", "time", "time_to", "part_of_day"];
const sameSet = (a, b) => a.length === b.length && [...a].sort().join() === [...b].sort().join();

function isRight(reading, gold) {
    if (fields.some((field) => reading[field] !== gold[field])) return false;
    if (!sameSet([...new Set(reading.ambiguities.map((one) => one.code))], gold.ambiguities.map((one) => one.code))) return false;
    return gold.ambiguities.every(({ code, options }) =>
        !options?.length || sameSet(reading.ambiguities.find((one) => one.code === code).options, options));
}

/// What the other libraries were made for: day and hour alone, and no doubts.
const hasDayAndHour = (reading, gold) => fields.slice(0, 4).every((field) => reading[field] === gold[field]);

const goldsOf = (line) => (line.gold ? [line.gold] : line.any_of);
const holds = (judge, readings, line) => goldsOf(line).some((gold) => readings.some((reading) => judge(reading, gold)));

function count(lines, judge, readings) {
    const right = lines.filter((line, i) => holds(judge, readings[i], line)).length;
    return `${right}/${lines.length}`;
}

function table(file, readers, showMisses) {
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
    const read = Object.fromEntries(Object.entries(readers).map(([name, reader]) => [name, reader(lines)]));
    const names = Object.keys(readers);
    const row = (title, judge, tag) => {
        const chosen = lines.map((line, i) => [line, i]).filter(([line]) => !tag || line.tags.includes(tag));
        const cells = names.map((name) => count(chosen.map(([line]) => line), judge, chosen.map(([, i]) => read[name][i])));
        console.log(`| ${[title, ...cells].join(" | ")} |`);
    };
    console.log(`\n${file}\n\n| | ${names.join(" | ")} |\n|---|${names.map(() => "---:|").join("")}`);
    row("all, strict", isRight);
    row("all, day and hour only", hasDayAndHour);
    for (const tag of [...new Set(lines.flatMap((line) => line.tags))]) row(tag, isRight, tag);
    if (!showMisses) return;
    for (const [i, line] of lines.entries()) {
        if (!holds(isRight, read.apunta[i], line)) console.log(line.id, JSON.stringify(line.text), JSON.stringify(read.apunta[i][0]));
    }
}

const words = process.argv.slice(2);
const option = words.indexOf("--apunta");
const program = option < 0 ? "../../build/release/apunta" : words.splice(option, 2)[1];
const showMisses = words.includes("--misses");
const files = words.filter((word) => word !== "--misses");
if (files.length === 0 || files.some((word) => word.startsWith("--")) || !program) {
    console.error("node table.mjs [--apunta PROGRAM] [--misses] FILE.jsonl…");
    process.exit(64);
}
const readers = {
    apunta: (lines) => readWithApunta(program, lines),
    "recognizers-text-suite": (lines) => lines.map(readWithRecognizers),
    "chrono-node": (lines) => lines.map(readWithChrono),
};
for (const file of files) table(file, readers, showMisses);
