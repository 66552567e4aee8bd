// Each library as a reader: the readings of a text, as the fields of `apunta when`. A library that offers several is
// right when one of them is: that flatters it, and spares a guess at which one its caller would take.
import { spawnSync } from "node:child_process";
import * as chrono from "chrono-node";
import recognizers from "@microsoft/recognizers-text-suite";

const two = (value) => String(value).padStart(2, "0");
const dayOf = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const dayBefore = (text) => {
    const [year, month, day] = text.split("-").map(Number);
    return dayOf(new Date(year, month - 1, day - 1));
};
const nothing = { date: null, date_to: null, time: null, time_to: null, part_of_day: null, ambiguities: [] };

/// `now` as a moment of this machine's zone: neither library is asked about zones.
const moment = (now) => new Date(`${now}:00`);

function chronoParts(parts) {
    const saysDay = ["day", "month", "weekday", "year"].some((field) => parts.isCertain(field));
    return {
        day: saysDay ? dayOf(parts.date()) : null,
        time: parts.isCertain("hour") ? `${two(parts.get("hour"))}:${two(parts.get("minute") ?? 0)}` : null,
    };
}

export function readWithChrono({ text, now, lang }) {
    const parser = lang === "en" ? chrono.en : chrono.es;
    const reading = { ...nothing };
    for (const result of parser.parse(text, { instant: moment(now) }, { forwardDate: true })) {
        const start = chronoParts(result.start);
        reading.date ??= start.day;
        reading.time ??= start.time;
        if (!result.end) continue;
        const end = chronoParts(result.end);
        if (end.day && end.day !== start.day) reading.date_to ??= end.day;
        reading.time_to ??= end.time;
    }
    return [reading];
}

const clock = (text) => text.slice(0, 5);
const moments = {
    date: (value) => ({ date: value.value }),
    time: (value) => ({ time: clock(value.value) }),
    datetime: (value) => ({ date: value.value.slice(0, 10), time: clock(value.value.slice(11)) }),
    daterange: (value) => ({ date: value.start ?? null, date_to: value.end ? dayBefore(value.end) : null }),
    timerange: (value) => ({ time: value.start ? clock(value.start) : "00:00", time_to: value.end ? clock(value.end) : "24:00" }),
    datetimerange: (value) => ({
        date: (value.start ?? value.end).slice(0, 10),
        time: value.start ? clock(value.start.slice(11)) : "00:00",
        time_to: value.end ? clock(value.end.slice(11)) : "24:00",
    }),
};

/// "por la mañana" comes as hours of their own; the timex tells that a part of the day was named.
const partOf = (timex, lang) =>
    ({ TMO: "morning", TAF: "afternoon", TEV: lang === "en" ? "evening" : "afternoon", TNI: "night" })[timex?.match(/T(MO|AF|EV|NI)$/)?.[0]];

function fieldsOf(value, lang) {
    const part = partOf(value.timex, lang);
    if (!part) return moments[value.type](value);
    return { ...(value.type === "datetimerange" && { date: value.start.slice(0, 10) }), part_of_day: part };
}

function valuesOf(entity, today, lang) {
    const values = (entity.resolution?.values ?? []).filter((value) => moments[value.type] && (value.value ?? value.start ?? value.end));
    const fields = values.filter((value) => value.value !== "not resolved").map((value) => fieldsOf(value, lang));
    const coming = fields.filter((field) => !field.date || field.date >= today);
    return coming.length > 0 ? coming : fields;
}

export function readWithRecognizers({ text, now, lang }) {
    const today = now.slice(0, 10);
    let readings = [{ ...nothing }];
    for (const entity of recognizers.recognizeDateTime(text, lang === "en" ? "en-us" : "es-es", 0, moment(now))) {
        const values = valuesOf(entity, today, lang);
        if (values.length === 0) continue;
        readings = readings.flatMap((reading) => values.map((value) => ({ ...reading, ...value }))).slice(0, 64);
    }
    return readings;
}

/// All lines at once: [[reading], …] in their order.
export function readWithApunta(program, lines) {
    const input = lines.map((line) => JSON.stringify(line)).join("\n");
    const finished = spawnSync(program, ["when", "--lines", "-"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
    if (finished.status !== 0) throw new Error(`${program}: ${finished.stderr || finished.error}`);
    return finished.stdout.trimEnd().split("\n").map((line) => [JSON.parse(line)]);
}
