import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { wallClock } from '../process/wall-clock.mjs';

/** When each message reached each socket of a crowd. A message is known by a name that its sender chose. */
class Arrivals {
  #size;
  #times = new Map();
  #complete = new Map();

  constructor(size) {
    this.#size = size;
  }

  note(name) {
    const now = wallClock();
    const times = this.#times.get(name) ?? [];
    times.push(now);
    this.#times.set(name, times);
    if (times.length === this.#size) this.#complete.get(name)?.();
  }

  /** One time per socket, in milliseconds since 1970; fewer when some have not got it within `timeoutMs`. */
  async of(name, timeoutMs) {
    if ((this.#times.get(name)?.length ?? 0) < this.#size) {
      const { promise, resolve } = Promise.withResolvers();
      this.#complete.set(name, resolve);
      const timer = setTimeout(resolve, timeoutMs);
      await promise;
      clearTimeout(timer);
    }
    return this.#times.get(name) ?? [];
  }
}

/**
 * Opens `count` sockets that subscribe to the same query each, and resolves once all are connected.
 *
 * `nameOf` reads a message's name out of its data; `undefined` leaves the message out. `onFault` hears of a subscription
 * that failed, after which the numbers are worth nothing.
 */
export async function subscribe(count, { url, token, query, nameOf, onFault }) {
  const arrivals = new Arrivals(count);
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const { promise: connected, resolve, reject } = Promise.withResolvers();
      const client = createClient({
        url,
        webSocketImpl: WebSocket,
        lazy: false,
        retryAttempts: 0,
        connectionParams: { authorization: `Bearer ${token}` },
        on: { connected: () => resolve() },
        onNonLazyError: reject,
      });
      await connected;
      const next = ({ data, errors }) => {
        if (errors) return onFault(errors);
        const name = nameOf(data);
        if (name !== undefined) arrivals.note(name);
      };
      client.subscribe({ query }, { next, error: onFault, complete: () => {} });
      return client;
    }),
  );
  return { arrivals, close: () => Promise.all(clients.map((client) => client.dispose())) };
}

/** The same crowd on plain sockets. They parse what they get, as the others have to. */
export async function connectRaw(count, { url, nameOf }) {
  const arrivals = new Arrivals(count);
  const sockets = Array.from({ length: count }, () => new WebSocket(url, { perMessageDeflate: false }));
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  for (const socket of sockets) {
    socket.on('message', (bytes) => arrivals.note(nameOf(JSON.parse(bytes.toString()).payload.data)));
  }
  return { arrivals, close: () => sockets.forEach((socket) => socket.close()) };
}
