import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

/** A socket without a client library on it, for everything a well-behaved client would not do. */
export class RawSocket {
  readonly socket: WebSocket;
  /** How the server closed the socket. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #messages: Record<string, unknown>[] = [];
  #wake: (() => void) | undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    socket.on('message', (frame) => {
      this.#messages.push(JSON.parse(String(frame)));
      this.#wake?.();
    });
  }

  static async open(
    url: string,
    protocols: string[] = ['graphql-transport-ws'],
    options: ClientOptions = {},
  ): Promise<RawSocket> {
    const socket = new WebSocket(url, protocols, options);
    const raw = new RawSocket(socket);
    await once(socket, 'open');
    return raw;
  }

  /** Opens and initialises, as an anonymous caller or with this payload. */
  static async initialised(
    url: string,
    payload?: Record<string, unknown>,
    options: ClientOptions = {},
  ): Promise<RawSocket> {
    const raw = await RawSocket.open(url, undefined, options);
    raw.send({ type: 'connection_init', payload });
    await raw.receive();
    return raw;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(message: Record<string, unknown> | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string): void {
    this.send({ id, type: 'subscribe', payload: { query } });
  }

  /** The next message of the server. */
  async receive(): Promise<Record<string, unknown>> {
    while (this.#messages.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#messages.shift()!;
  }
}
