// For each operation of the contract how a call of it succeeds. A new route is a line here; one without a line fails every
// suite by its name. Ids need no word: a path's is of the kind of its collection, a member `staff_id` or `staff_ids` is of the
// kind `staff` (kinds.ts).
import { unique, password, randomPhone, type Salon } from './lib/salon.ts';
import { numberAt, type JsonObject } from './lib/json.ts';
import { kindNamed } from './kinds.ts';

export interface Recipe {
    /** What the id in the path stands for, when any of its kind will not do. */
    thing?(salon: Salon): Promise<string>;
    query?(salon: Salon): Promise<Record<string, string>>;
    /** `id`: of the thing in the path. */
    body?(salon: Salon, id: string): Promise<JsonObject>;
    headers?(salon: Salon): Promise<Record<string, string>>;
    /** The answer, when it is not the first 2xx of the contract. */
    status?: number;
    /** Members that are ids without saying so: `query.after` to the name of a kind. */
    ids?: Record<string, string>;
    /** To set the first of these members, leave out the second. */
    instead?: Record<string, string>;
}

const nothing: Recipe = {};
const tomorrow = async (salon: Salon): Promise<{ from: string; to: string }> => ({ from: await salon.date(1), to: await salon.date(2) });
const freeTime = { query: async (salon: Salon) => ({ service_id: salon.service, ...await tomorrow(salon) }) };
const chatVersion = {
    body: async (salon: Salon, id: string) => ({ version: await salon.version(`/api/v1/conversations/${id}`) }),
};
const bookingVersion = async (salon: Salon, id: string): Promise<JsonObject> =>
    ({ version: await salon.version(`/api/v1/bookings/${id}`), notify: false });

export const recipes: Record<string, Recipe> = {
    signUp: { body: async () => ({ email: `${unique('ana').replaceAll(' ', '.')}@example.com`, password, name: 'Ana', business_name: 'Salón Ana', country: 'ES' }) },
    logIn: { body: async salon => ({ email: salon.email, password }) },
    refresh: { headers: async salon => ({ cookie: (await salon.logIn()).cookie }) },
    logOut: { headers: async salon => ({ cookie: (await salon.logIn()).cookie }) },
    switchBusiness: { body: async salon => ({ business_id: salon.business }) },
    me: nothing,
    patchMe: { body: async salon => ({ version: numberAt(await salon.ok('GET', '/api/v1/auth/me'), '/account/version'), name: salon.named('Ana') }) },
    changePassword: { body: async () => ({ current_password: password, password }) },
    forgotPassword: { body: async salon => ({ email: salon.email }), status: 409 }, // the program has no mail server here
    resetPassword: { body: async () => ({ token: unique('token'), password: `${password} nueva` }), status: 422 }, // tokens come by mail
    listSessions: nothing,
    revokeSession: nothing,

    getBusiness: nothing,
    patchBusiness: { body: async salon => ({ version: await salon.version('/api/v1/business'), name: salon.named('Salón') }) },
    activate: { body: async salon => ({ version: await salon.version('/api/v1/business') }) },
    getHours: { query: async salon => ({ staff_id: salon.staff }) },
    putHours: {
        query: async salon => ({ staff_id: salon.staff }),
        body: async salon => ({ version: await salon.version(`/api/v1/business/hours?staff_id=${salon.staff}`), weekly: null }),
    },
    listExceptions: { query: tomorrow },
    createException: { body: async salon => ({ staff_id: salon.staff, date: await salon.date(250), closed: true, reason: salon.named('Feria') }) },
    deleteException: nothing,
    listBlocks: { query: tomorrow },
    createBlock: {
        body: async salon => {
            const date = await salon.date(310);
            return { staff_id: salon.staff, starts_at: `${date}T10:00:00Z`, ends_at: `${date}T11:00:00Z`, title: salon.named('Curso') };
        },
    },
    deleteBlock: nothing,

    listServices: { query: async () => ({ active: 'true' }) },
    createService: { body: async salon => ({ ...salon.newService(), staff_ids: [salon.staff] }) },
    getService: nothing,
    patchService: { body: async (salon, id) => ({ version: await salon.version(`/api/v1/services/${id}`), name: salon.named('Tinte') }) },
    archiveService: nothing,
    listStaff: nothing,
    createStaff: { body: async salon => ({ name: salon.named('Eva'), color: '#0f766e' }) },
    getStaff: nothing,
    patchStaff: { body: async (salon, id) => ({ version: await salon.version(`/api/v1/staff/${id}`), name: salon.named('Eva') }) },
    archiveStaff: nothing,

    availability: freeTime,
    explainAvailability: freeTime,
    listBookings: { query: tomorrow },
    createBooking: {
        body: async salon => ({
            service_id: salon.service, starts_at: await salon.freeStart(),
            customer: { name: salon.named('Marta'), phone: randomPhone() }, notes: salon.named('Primera vez'),
        }),
        instead: { customer_id: 'customer' },
    },
    exportBookings: { query: tomorrow },
    getBooking: nothing,
    patchBooking: { body: async (salon, id) => ({ ...await bookingVersion(salon, id), notes: salon.named('Alergia') }) },
    confirmBooking: { thing: salon => salon.pendingBooking(), body: bookingVersion },
    cancelBooking: { body: bookingVersion },
    completeBooking: { thing: salon => salon.bookingOfThePast(), body: bookingVersion },
    markNoShow: { thing: salon => salon.bookingOfThePast(), body: bookingVersion },

    listCustomers: nothing,
    createCustomer: { body: async salon => ({ name: salon.named('Carmen'), phone: randomPhone(), notes: salon.named('Rizos') }) },
    getCustomer: nothing,
    patchCustomer: { body: async (salon, id) => ({ version: await salon.version(`/api/v1/customers/${id}`), name: salon.named('Carmen'), phone: null }) },
    eraseCustomer: nothing,
    exportCustomer: nothing,
    mergeCustomer: {
        body: async salon => ({ version: 1, other_id: await kindNamed('customer').make(salon), other_version: 1 }),
        ids: { 'body.other_id': 'customer' },
    },

    listConversations: nothing,
    getConversation: nothing,
    listMessages: nothing,
    writeMessage: { body: async salon => ({ text: salon.named('Te llamo luego') }) },
    pauseConversation: chatVersion,
    resumeConversation: chatVersion,
    neverAnswer: chatVersion,
    markSeen: nothing,

    getTemplate: { query: async () => ({ kind: 'barber', locale: 'es' }) },
    openSandbox: nothing,

    customerWrites: { body: async salon => ({ from: randomPhone(), name: 'Lucía', text: salon.named('hola') }) },
    phoneScreen: { query: async () => ({ customer: randomPhone() }), ids: { 'query.customer': 'phone', 'query.after': 'message' } },
    ownerWrites: { body: async salon => ({ to: randomPhone(), text: salon.named('Soy yo') }) },
    moveClock: { body: async () => ({ advance_minutes: 1 }) },

    createTicket: nothing,
    events: { status: 426 }, // a WebSocket for those who ask for one
    contract: nothing,
    health: nothing,
    readiness: nothing,
    metrics: nothing,
};
