// HTTP/1.1 over one kept connection, one request at a time, as cheap as Node can: a load program shares the machine with
// what it measures.
import { connect } from 'node:net';

export class Wire {
    constructor(url) {
        const { hostname, port } = new URL(url);
        this.host = `${hostname}:${port}`;
        this.received = Buffer.alloc(0);
        this.socket = connect({ host: hostname, port, noDelay: true });
        this.socket.on('data', (bytes) => this.take(bytes));
        this.socket.on('error', (error) => this.fail?.(error));
        this.socket.on('close', () => this.fail?.(new Error('the server closed the connection')));
    }

    /** `{status, body}` with the body as text. */
    send(method, path, token, body = '') {
        this.socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${this.host}\r\nAuthorization: Bearer ${token}\r\n` +
            `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
        return new Promise((resolve, fail) => Object.assign(this, { resolve, fail }));
    }

    take(bytes) {
        this.received = this.received.length === 0 ? bytes : Buffer.concat([this.received, bytes]);
        const end = this.received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = this.received.toString('latin1', 0, end);
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
        if (this.received.length < end + 4 + length) return;
        const body = this.received.toString('utf8', end + 4, end + 4 + length);
        this.received = this.received.subarray(end + 4 + length);
        this.resolve({ status: Number(head.slice(9, 12)), body });
    }

    close() {
        this.fail = undefined;
        this.socket.destroy();
    }
}
