import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { wallClock } from '../process/wall-clock.mjs';

/**
 * A crowd of sockets that notes when each message reached each of them. Whoever sends a message knows what it is called
 * (`nameOf`) and waits until everybody has it.
 */
class Arrivals {
  #size;
  #timesByName = new Map();
  #waiting = new Map();

  constructor(size) {
    this.#size = size;
  }

  note(name) {
    const now = wallClock();
    const times = this.#timesByName.get(name);
    if (!times) this.#timesByName.set(name, [now]);
    else times.push(now);
    if (this.#timesByName.get(name).length === this.#size) this.#waiting.get(name)?.();
  }

  /** The time of arrival at each socket; fewer than there are sockets when not all have it within `timeoutMs`. */
  async of(name, timeoutMs) {
    if ((this.#timesByName.get(name)?.length ?? 0) < this.#size) {
      const { promise, resolve } = Promise.withResolvers();
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.set(name, resolve);
      await promise;
      clearTimeout(timer);
      this.#waiting.delete(name);
    }
    return this.#timesByName.get(name) ?? [];
  }
}

/**
 * Subscribes `count` times over a socket each and resolves when all subscriptions have delivered something.
 *
 * @param {{ url: string, token: string, query: string, nameOf: (data: object) => string }} subscription
 */
export async function subscribe(count, { url, token, query, nameOf }) {
  const arrivals = new Arrivals(count);
  const clients = Array.from({ length: count }, () => {
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      lazy: false,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    client.subscribe(
      { query },
      {
        next: ({ data, errors }) => {
          if (errors) fail(errors);
          else arrivals.note(nameOf(data));
        },
        error: fail,
        complete() {},
      },
    );
    return client;
  });
  return { arrivals, close: () => Promise.all(clients.map((client) => client.dispose())) };
}

/** The same crowd on the raw peer: `count` plain sockets. */
export async function connectRaw(count, { url, nameOf }) {
  const arrivals = new Arrivals(count);
  const sockets = Array.from({ length: count }, () => new WebSocket(url, { perMessageDeflate: false }));
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  for (const socket of sockets) socket.on('message', (bytes) => arrivals.note(nameOf(JSON.parse(bytes.toString()))));
  return { arrivals, close: () => sockets.forEach((socket) => socket.close()) };
}

function fail(reason) {
  throw new Error(`a subscription ended: ${JSON.stringify(reason)}`, { cause: reason });
}
