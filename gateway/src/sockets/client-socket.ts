import { type Message, stringifyMessage } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ByteBudget } from '../subscriptions/byte.budget.ts';
import { Closing } from './socket.closing.ts';
import type { Moment } from './socket.sweep.ts';

export interface ClientSocketOptions {
  /** What may wait for this client. */
  readonly budget: ByteBudget;
  readonly keepAliveMs: number;
  /** Hears, once, why we close the socket; not when the client does. */
  onClosed(closing: Closing): void;
}

/**
 * A client's socket: sends messages, counts what the client has not read, and notices when nobody is there.
 *
 * The bytes are counted here, from `send` until the kernel has taken them, because `bufferedAmount` says nothing of what
 * waits before the socket: a reader that stops makes sends wait, and the events pile up behind the sends.
 */
export class ClientSocket {
  readonly #socket: WebSocket;
  readonly #options: ClientSocketOptions;
  #nextPingAt: number;
  #alive = true;
  #closing: (() => void) | undefined;

  constructor(socket: WebSocket, options: ClientSocketOptions) {
    this.#socket = socket;
    this.#options = options;
    // Somewhere in the first interval: after a restart all clients come at once, and must not all be pinged at once.
    this.#nextPingAt = performance.now() + Math.random() * options.keepAliveMs;
    socket.on('pong', () => (this.#alive = true));
    socket.on('error', (error) => this.#failed(error));
    socket.once('close', () => this.#ended());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /**
   * Calls back once, as soon as either side closes the socket. That is earlier than its `close` event, which waits for
   * the answer of a client that may not even be reading; nothing needs to be computed for it meanwhile.
   */
  onClosing(listener: () => void): void {
    this.#closing = listener;
  }

  /** Resolves when the kernel has taken the message, or when that will never happen any more. Never rejects. */
  async send(message: Message): Promise<void> {
    if (!this.isOpen) return;
    const frame = Buffer.from(stringifyMessage(message));
    if (!this.#options.budget.take(frame.length)) return this.cutOff();
    await new Promise<void>((resolve) => this.#socket.send(frame, { binary: false }, () => resolve()));
    this.#options.budget.giveBack(frame.length);
  }

  /** Closes the socket of a client that does not keep up. It may come back and catch up with cursors. */
  cutOff(): void {
    this.close(Closing.slowReader);
  }

  close(closing: Closing): void {
    if (!this.isOpen) return;
    this.#options.onClosed(closing);
    this.#socket.close(closing.code, closing.reason);
    this.#ended();
  }

  /** Pings when it is time. A peer that has not answered the last ping is gone, and may have been for hours. */
  keepAlive({ uptime }: Moment): void {
    if (uptime < this.#nextPingAt) return;
    if (!this.#alive) return this.#socket.terminate();
    this.#alive = false;
    this.#nextPingAt = uptime + this.#options.keepAliveMs;
    if (this.isOpen) this.#socket.ping();
  }

  #failed(error: Error): void {
    const closing = closingFor(error);
    if (closing) this.#options.onClosed(closing);
    this.#ended();
  }

  #ended(): void {
    this.#closing?.();
    this.#closing = undefined;
  }
}

/** What `ws` has closed the socket with, if that is what it did: it knows frames, and we know messages. */
function closingFor(error: Error & { code?: string }): Closing | undefined {
  if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return Closing.frameTooLarge;
  if (error.code === 'WS_ERR_INVALID_UTF8') return Closing.invalidText;
  return error.code?.startsWith('WS_ERR_') ? Closing.invalidFrame : undefined;
}
