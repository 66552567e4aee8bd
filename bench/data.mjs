// The salon that every server is measured with: the same numbers draw the same salon on any machine.
// One business in Madrid, open Monday to Saturday 9–14 and 16–20 on a grid of quarter hours; 6 staff, 25 services, 1,200
// customers and 5,000 bookings in the 60 days from Monday 2030-01-07, which fill 71.4 % of the open time.
const firstDay = Date.UTC(2030, 0, 7);
const dayLength = 86_400_000;
const days = 60;
const hours = [[540, 840], [960, 1200]]; // minutes of the day
const bookingCount = 5000;
const customerCount = 1200;
const serviceCount = 25;
const staffNames = ['Ana', 'Luis', 'Marta', 'Javier', 'Lucía', 'Pablo'];
const serviceNames = ['Corte', 'Tinte', 'Barba', 'Peinado', 'Manicura'];
const serviceMinutes = [15, 15, 30, 30, 45];

export const timezone = 'Europe/Madrid';
export const openDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
export const openHours = [{ from: '09:00', to: '14:00' }, { from: '16:00', to: '20:00' }];

/** Numbers count from 1. */
export function salon() {
    const services = Array.from({ length: serviceCount }, (_, i) => ({
        number: i + 1, name: `${serviceNames[i % 5]} ${1 + Math.floor(i / 5)}`, minutes: serviceMinutes[i % 5], price: 1000 + 250 * i }));
    const customers = Array.from({ length: customerCount }, (_, i) => ({ number: i + 1, name: `Cliente ${i + 1}`, phone: `+346${10_000_000 + i * 7}` }));
    return { staff: staffNames.map((name, i) => ({ number: i + 1, name })), services, customers, bookings: drawBookings(services) };
}

/** `count` free quarter hours after the days with bookings, for service 1: `{staff, startsAt}`. */
export function freeStarts(count) {
    const starts = [];
    for (let day = days; starts.length < count; day++) {
        if (!isOpen(day)) continue;
        for (const [from, to] of hours) {
            for (let minute = from; minute < to; minute += 15) {
                for (let staff = 1; staff <= staffNames.length; staff++) starts.push({ staff, startsAt: instant(day, minute) });
            }
        }
    }
    return starts.slice(0, count);
}

function drawBookings(services) {
    const draw = numbers(20300107n);
    const open = Array.from({ length: days }, (_, day) => day).filter(isOpen);
    const taken = new Set();
    const bookings = [];
    while (bookings.length < bookingCount) {
        // After a hundred misses only the shortest services are tried.
        for (let tries = 0; ; tries++) {
            const day = open[draw(open.length)];
            const staff = 1 + draw(staffNames.length);
            const [from, to] = hours[draw(hours.length)];
            const service = services[tries < 100 ? draw(services.length) : 5 * draw(5)];
            const length = service.minutes / 15;
            const first = from / 15 + draw((to - from) / 15 - length + 1);
            const cells = Array.from({ length }, (_, i) => `${day} ${staff} ${first + i}`);
            if (cells.some((cell) => taken.has(cell))) continue;
            cells.forEach((cell) => taken.add(cell));
            bookings.push({ staff, service: service.number, customer: 1 + draw(customerCount), startsAt: instant(day, first * 15) });
            draw(4); // where it came from, which is not compared
            break;
        }
    }
    return bookings.sort((a, b) => a.startsAt - b.startsAt || a.staff - b.staff);
}

/** Knuth's 64-bit linear congruential generator; `draw(n)` is 0 … n-1. */
function numbers(seed) {
    let state = seed;
    return (n) => {
        state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
        return Number((state >> 33n) % BigInt(n));
    };
}

function isOpen(day) { return new Date(firstDay + day * dayLength).getUTCDay() !== 0; }

/** Milliseconds UTC of a wall-clock minute in Madrid, by day: clocks change on Sundays, when the salon is closed. */
function instant(day, minute) {
    const midnight = firstDay + day * dayLength;
    return midnight + (minute - (isSummer(midnight) ? 120 : 60)) * 60_000;
}

/** From the last Sunday of March to the one of October. */
function isSummer(midnight) {
    const year = new Date(midnight).getUTCFullYear();
    return midnight > lastSunday(year, 2) && midnight < lastSunday(year, 9);
}

function lastSunday(year, month) {
    const last = Date.UTC(year, month + 1, 0);
    return last - new Date(last).getUTCDay() * dayLength;
}
