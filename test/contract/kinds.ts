// The kinds of things that ids stand for. A collection of the API that is not here, and a member `…_id` of a kind that is
// not here, end the tests with its name.
import { randomUUID } from 'node:crypto';
import { textAt } from './lib/json.ts';
import { randomPhone, type Salon } from './lib/salon.ts';

export interface Kind {
    /** The paths `<collection>/{id}…` are about this kind. */
    collection?: string;
    /** Adds one to the salon and gives its id. */
    make(salon: Salon): Promise<string>;
    /** Makes it as good as gone for the API. */
    erase?(salon: Salon, id: string): Promise<void>;
    /** A well-formed id that is nobody's, where that is no UUID. */
    random?(): string;
}

function erasedAt(collection: string) {
    return async (salon: Salon, id: string): Promise<void> => { await salon.ok('DELETE', `${collection}/${id}`); };
}

export const kinds: Record<string, Kind> = {
    business: { make: async salon => salon.business },
    session: {
        collection: '/api/v1/auth/sessions',
        make: async salon => (await salon.logIn()).session,
        erase: erasedAt('/api/v1/auth/sessions'),
    },
    staff: {
        collection: '/api/v1/staff',
        make: async salon => textAt(await salon.ok('POST', '/api/v1/staff', { name: salon.named('Inés') }), '/id'),
        erase: erasedAt('/api/v1/staff'),
    },
    service: {
        collection: '/api/v1/services',
        make: async salon => textAt(await salon.ok('POST', '/api/v1/services', salon.newService()), '/id'),
        erase: erasedAt('/api/v1/services'),
    },
    exception: {
        collection: '/api/v1/business/exceptions',
        make: async salon => {
            const staff = await kinds['staff']!.make(salon); // one a person and date
            const body = { staff_id: staff, date: await salon.date(200), closed: true, reason: salon.named('Fiesta') };
            return textAt(await salon.ok('POST', '/api/v1/business/exceptions', body), '/id');
        },
        erase: erasedAt('/api/v1/business/exceptions'),
    },
    block: {
        collection: '/api/v1/blocks',
        make: async salon => {
            const date = await salon.date(300);
            const body = { starts_at: `${date}T10:00:00Z`, ends_at: `${date}T11:00:00Z`, title: salon.named('Médico') };
            return textAt(await salon.ok('POST', '/api/v1/blocks', body), '/id');
        },
        erase: erasedAt('/api/v1/blocks'),
    },
    booking: { collection: '/api/v1/bookings', make: async salon => textAt(await salon.book(), '/id') },
    customer: {
        collection: '/api/v1/customers',
        make: async salon => textAt(await salon.ok('POST', '/api/v1/customers', { name: salon.named('Lucía'), phone: randomPhone() }), '/id'),
        erase: erasedAt('/api/v1/customers'),
    },
    conversation: {
        collection: '/api/v1/conversations',
        make: async salon => {
            const phone = randomPhone();
            await salon.say(phone, `hola, soy ${salon.marker}`);
            return salon.conversationWith(phone);
        },
    },
    message: {
        make: async salon => {
            const phone = randomPhone();
            await salon.say(phone, 'hola');
            return textAt((await salon.heard(phone))[0], '/id');
        },
    },
    phone: {
        make: async salon => {
            const phone = randomPhone();
            await salon.say(phone, `hola, soy ${salon.marker}`);
            return phone;
        },
        random: randomPhone,
    },
};

export function kindNamed(name: string): Kind {
    const kind = kinds[name];
    if (!kind) throw new Error(`kinds.ts lacks the kind ${name}`);
    return kind;
}

export function randomIdOf(kind: Kind): string {
    return kind.random ? kind.random() : randomUuidOfNow();
}

/** Version 7, as the server's own: of this moment and random. */
function randomUuidOfNow(): string {
    const moment = Date.now().toString(16).padStart(12, '0');
    return `${moment.slice(0, 8)}-${moment.slice(8)}-7${randomUUID().slice(15)}`;
}
