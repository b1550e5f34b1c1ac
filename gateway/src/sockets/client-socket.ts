import { CloseCode } from '@supergraph/protocol';
import { type Message, stringifyMessage } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ByteBudget } from '../subscriptions/byte.budget.ts';
import type { SocketMetrics } from './socket.metrics.ts';

/**
 * A client's socket: sends messages, counts what the client has not read, and notices when nobody is there.
 *
 * The bytes are counted here, from `send` until the kernel has taken them, because `bufferedAmount` says nothing of what
 * waits before the socket: a reader that stops makes sends wait, and the events pile up behind the sends.
 */
export class ClientSocket {
  readonly #socket: WebSocket;
  readonly #budget: ByteBudget;
  readonly #metrics: SocketMetrics;
  readonly #keepAliveTimer: NodeJS.Timeout;
  #alive = true;
  #closing: (() => void) | undefined;

  constructor(socket: WebSocket, budget: ByteBudget, metrics: SocketMetrics, keepAliveMs: number) {
    this.#socket = socket;
    this.#budget = budget;
    this.#metrics = metrics;
    this.#keepAliveTimer = setInterval(() => this.#keepAlive(), keepAliveMs);
    socket.on('pong', () => (this.#alive = true));
    socket.once('close', () => {
      clearInterval(this.#keepAliveTimer);
      this.#ended();
    });
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
    if (!this.#budget.take(frame.length)) return this.cutOff();
    await new Promise<void>((resolve) => this.#socket.send(frame, { binary: false }, () => resolve()));
    this.#budget.giveBack(frame.length);
  }

  /** Closes the socket of a client that does not keep up. It may come back and catch up with cursors. */
  cutOff(): void {
    if (!this.isOpen) return;
    this.#metrics.slowConsumers.inc();
    this.close(CloseCode.TooManyRequests, 'Events are not read fast enough');
  }

  /** `reason` is at most 123 bytes long, which is what a close frame can hold. */
  close(code: CloseCode, reason: string): void {
    if (!this.isOpen) return;
    this.#socket.close(code, reason);
    this.#ended();
  }

  #ended(): void {
    this.#closing?.();
    this.#closing = undefined;
  }

  #keepAlive(): void {
    if (!this.#alive) return this.#socket.terminate();
    this.#alive = false;
    if (this.isOpen) this.#socket.ping();
  }
}
