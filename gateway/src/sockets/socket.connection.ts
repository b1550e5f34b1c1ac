import { CloseCode, type Logger, VerificationKeysUnavailable } from '@supergraph/protocol';
import { type Message, MessageType, parseMessage, type SubscribePayload } from 'graphql-ws';
import type { FormattedExecutionResult } from 'graphql';
import type { Authenticate } from '../identity/authentication.ts';
import { isNestedTooDeep, NESTED_TOO_DEEP } from '../limits/nesting.ts';
import { OperationFailure } from '../subscriptions/operation-failure.ts';
import type { ClientSocket } from './client-socket.ts';
import { identify, refresh, type SocketIdentity } from './socket-identity.ts';
import type { TokenExpiry } from './token.expiry.ts';

export interface SocketConnectionOptions {
  readonly socket: ClientSocket;
  readonly authenticate: Authenticate;
  readonly expiry: TokenExpiry;
  readonly initTimeoutMs: number;
  readonly maxOperations: number;
  readonly logger: Logger;
  /**
   * Runs one operation and yields its results; throws `OperationFailure` with errors for the client. `identity` is asked
   * again whenever a token is needed, because it may have been refreshed.
   */
  run(
    payload: SubscribePayload,
    identity: () => SocketIdentity,
    signal: AbortSignal,
  ): AsyncIterable<FormattedExecutionResult>;
}

/**
 * The protocol `graphql-transport-ws` on one socket of a client.
 *
 * Messages are checked by `graphql-ws`; its ready-made server is not used, because it loses an operation whose id is used
 * again right after `complete`, and ends one that is waiting for an event only when that event comes.
 */
export class SocketConnection {
  readonly #options: SocketConnectionOptions;
  readonly #operations = new Map<string, AbortController>();
  readonly #initTimer: NodeJS.Timeout;
  #initialised = false;
  #identity: SocketIdentity | undefined;

  constructor(options: SocketConnectionOptions) {
    this.#options = options;
    this.#initTimer = setTimeout(() => {
      if (!this.#initialised)
        this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
    }, options.initTimeoutMs);
    options.socket.onClosing(() => this.#end());
  }

  async receive(frame: string): Promise<void> {
    if (!this.#options.socket.isOpen) return;
    if (isNestedTooDeep(frame)) return this.#close(CloseCode.InvalidMessage, NESTED_TOO_DEEP);
    let message: Message;
    try {
      message = parseMessage(frame);
    } catch {
      return this.#close(CloseCode.InvalidMessage, 'Invalid message');
    }
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#initialise(message.payload);
      case MessageType.Ping:
        return this.#ping(message.payload);
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.#subscribe(message.id, message.payload);
      case MessageType.Complete:
        return this.#complete(message.id);
      default:
        return this.#close(CloseCode.InvalidMessage, 'Message is for servers to send');
    }
  }

  #end(): void {
    clearTimeout(this.#initTimer);
    this.#options.expiry.stop();
    for (const operation of this.#operations.values()) operation.abort();
    this.#operations.clear();
  }

  async #initialise(payload: Record<string, unknown> | null | undefined): Promise<void> {
    if (this.#initialised) return this.#close(CloseCode.TooManyRequests, 'Too many initialisation requests');
    this.#initialised = true;
    clearTimeout(this.#initTimer);
    const identity = await this.#verify(() => identify(payload, this.#options.authenticate));
    if (!identity) return;
    this.#adopt(identity);
    await this.#options.socket.send({ type: MessageType.ConnectionAck });
  }

  async #ping(payload: Record<string, unknown> | null | undefined): Promise<void> {
    const current = this.#identity;
    if (current) {
      const identity = await this.#verify(() => refresh(current, payload, this.#options.authenticate));
      if (!identity) return;
      if (identity !== current) this.#adopt(identity);
    }
    // The payload may hold a token, so it is not sent back.
    await this.#options.socket.send({ type: MessageType.Pong });
  }

  async #verify(verification: () => Promise<SocketIdentity>): Promise<SocketIdentity | undefined> {
    try {
      const identity = await verification();
      return this.#options.socket.isOpen ? identity : undefined;
    } catch (error) {
      this.#options.logger.info({ reason: (error as Error).message }, 'token on a socket refused');
      if (error instanceof VerificationKeysUnavailable) this.#close(CloseCode.TryAgainLater, 'Try again later');
      else this.#close(CloseCode.Forbidden, 'Forbidden');
      return undefined;
    }
  }

  #adopt(identity: SocketIdentity): void {
    this.#identity = identity;
    this.#options.expiry.watch(identity.claims, () => this.#close(CloseCode.Forbidden, 'The token has expired'));
  }

  #subscribe(id: string, payload: SubscribePayload): Promise<void> | void {
    if (!this.#identity) return this.#close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.#operations.has(id)) return this.#close(CloseCode.SubscriberAlreadyExists, 'Subscriber already exists');
    if (this.#operations.size >= this.#options.maxOperations) {
      return this.#close(CloseCode.TooManyRequests, 'Too many operations');
    }
    const operation = new AbortController();
    this.#operations.set(id, operation);
    return this.#run(id, payload, operation);
  }

  async #run(id: string, payload: SubscribePayload, operation: AbortController): Promise<void> {
    const { socket, run } = this.#options;
    let last: Message = { id, type: MessageType.Complete };
    try {
      for await (const result of run(payload, () => this.#identity!, operation.signal)) {
        if (operation.signal.aborted) return;
        await socket.send({ id, type: MessageType.Next, payload: result });
      }
    } catch (error) {
      if (!(error instanceof OperationFailure)) {
        this.#options.logger.error({ err: error }, 'operation on a socket failed unexpectedly');
        return this.#close(CloseCode.InternalServerError, 'Internal server error');
      }
      last = { id, type: MessageType.Error, payload: error.errors };
    }
    if (operation.signal.aborted) return;
    this.#operations.delete(id);
    await socket.send(last);
  }

  #complete(id: string): void {
    this.#operations.get(id)?.abort();
    this.#operations.delete(id);
  }

  #close(code: CloseCode, reason: string): void {
    this.#options.socket.close(code, reason);
  }
}
