// Apunta's API as a client uses it, and the salon made through it.
import { openDays, openHours, timezone } from './data.mjs';

export class Client {
    constructor(url, token) {
        this.url = url;
        this.token = token;
    }

    async send(method, path, body) {
        const headers = { 'content-type': 'application/json', ...(this.token && { authorization: `Bearer ${this.token}` }) };
        const response = await fetch(`${this.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
        return text ? JSON.parse(text) : undefined;
    }
    get(path) { return this.send('GET', path); }
    post(path, body) { return this.send('POST', path, body); }
    put(path, body) { return this.send('PUT', path, body); }
    patch(path, body) { return this.send('PATCH', path, body); }
}

/** Signs up and makes the salon of data.mjs; answers the ids by number: `{staff, services}`. */
export async function createSalon(url, account, data) {
    const client = new Client(url);
    const { access_token } = await client.post('/auth/signup', { ...account, name: 'Sol', business_name: 'Peluquería Sol', country: 'ES', timezone });
    client.token = access_token;
    const { version } = await client.get('/business');
    await client.patch('/business', { version, slot_step_minutes: 15, min_notice_minutes: 0, buffer_minutes: 0, horizon_days: 730 });
    const hours = await client.get('/business/hours');
    await client.put('/business/hours', { version: hours.version, weekly: Object.fromEntries(openDays.map((day) => [day, openHours])) });
    const ids = { staff: {}, services: {} };
    const { items: [owner] } = await client.get('/staff');
    await client.patch(`/staff/${owner.id}`, { version: owner.version, name: data.staff[0].name });
    ids.staff[1] = owner.id;
    for (const { number, name } of data.staff.slice(1)) ids.staff[number] = (await client.post('/staff', { name })).id;
    for (const { number, name, minutes, price } of data.services) {
        ids.services[number] = (await client.post('/services', { name, duration_minutes: minutes, price_minor: price })).id;
    }
    // One member of staff after the other: bookings that start together are listed by age.
    for (const { number } of data.staff) {
        await inParallel(32, data.bookings.filter((booking) => booking.staff === number), (booking) => {
            const { name, phone } = data.customers[booking.customer - 1];
            return client.post('/bookings', {
                service_id: ids.services[booking.service], staff_id: ids.staff[number], starts_at: new Date(booking.startsAt).toISOString(), customer: { name, phone } });
        });
    }
    return ids;
}

/** At most `width` at a time, in order. */
export async function inParallel(width, items, action) {
    let next = 0;
    const worker = async () => { while (next < items.length) await action(items[next++]); };
    await Promise.all(Array.from({ length: width }, worker));
}
