import { ErrorCode, type Logger, VerificationKeysUnavailable } from '@supergraph/protocol';
import { type Message, MessageType, parseMessage, type SubscribePayload } from 'graphql-ws';
import type { FormattedExecutionResult } from 'graphql';
import type { Authenticate } from '../identity/authentication.ts';
import { isNestedTooDeep } from '../limits/nesting.ts';
import { OperationFailure } from '../subscriptions/operation-failure.ts';
import type { ClientSocket } from './client-socket.ts';
import { MessageRate } from './message.rate.ts';
import { RunningOperations } from './running.operations.ts';
import { identify, refresh, type SocketIdentity } from './socket-identity.ts';
import { Closing } from './socket.closing.ts';
import type { SocketSettings } from './socket.settings.ts';
import type { Moment, Sweepable } from './socket.sweep.ts';

/** Clients send UUIDs. The id comes back with every event, so its length counts as often as there are events. */
const MAX_ID_LENGTH = 128;

export interface SocketConnectionOptions {
  readonly socket: ClientSocket;
  readonly authenticate: Authenticate;
  readonly settings: SocketSettings;
  readonly logger: Logger;
  /** Asked once it is known whom the socket speaks for. Returns whether they may have one more. */
  admit(identity: SocketIdentity): boolean;
  /**
   * Runs one operation and yields its results; throws `OperationFailure` with errors for the client. `identity` is asked
   * again whenever a token is needed, because it may have been refreshed; `onRefresh` tells when, and returns how to stop.
   */
  run(
    payload: SubscribePayload,
    identity: () => SocketIdentity,
    signal: AbortSignal,
    onRefresh: (listener: () => void) => () => void,
  ): AsyncIterable<FormattedExecutionResult>;
}

/**
 * The protocol `graphql-transport-ws` on one socket of a client.
 *
 * Messages are checked by `graphql-ws`; its ready-made server is not used, because it loses an operation whose id is used
 * again right after `complete`, and ends one that is waiting for an event only when that event comes.
 */
export class SocketConnection implements Sweepable {
  readonly #options: SocketConnectionOptions;
  readonly #operations = new RunningOperations();
  readonly #refreshListeners = new Set<() => void>();
  readonly #rate: MessageRate;
  #initialised = false;
  #identity: SocketIdentity | undefined;

  constructor(options: SocketConnectionOptions) {
    this.#options = options;
    this.#rate = new MessageRate(options.settings.socketMessagesPerSecond);
    options.socket.onClosing(() => this.#operations.abortAll());
  }

  /** Whom the socket speaks for, once that is known. */
  get identity(): SocketIdentity | undefined {
    return this.#identity;
  }

  /** Counts what costs us work without being a message: pings and pongs of the WebSocket itself. */
  count(): boolean {
    if (this.#rate.take(performance.now())) return true;
    this.#close(Closing.tooManyMessages);
    return false;
  }

  async receive(frame: Buffer, isBinary: boolean): Promise<void> {
    const { socket, settings } = this.#options;
    if (!socket.isOpen || !this.count()) return;
    if (!this.#identity && frame.length > settings.socketInitLimit) return this.#close(Closing.tooLargeBeforeAck);
    if (isBinary) return this.#close(Closing.binaryMessage);
    const text = frame.toString();
    if (isNestedTooDeep(text)) return this.#close(Closing.nestedTooDeep);
    let message: Message;
    try {
      message = parseMessage(text);
    } catch {
      return this.#close(Closing.invalidMessage);
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
        return this.#operations.abort(message.id);
      default:
        return this.#close(Closing.notForClients);
    }
  }

  sweep(now: Moment): void {
    const { settings, socket } = this.#options;
    const identity = this.#identity;
    const idleMs = this.#operations.idleMs(now.uptime);
    if (!this.#initialised && idleMs >= settings.socketInitTimeoutMs) return this.#close(Closing.initTimeout);
    if (identity?.claims && now.time >= identity.claims.exp * 1_000) return this.#close(Closing.tokenExpired);
    if (identity && idleMs >= settings.socketIdleTimeoutMs) return this.#close(Closing.idle);
    socket.keepAlive(now);
  }

  async #initialise(payload: Record<string, unknown> | null | undefined): Promise<void> {
    const { admit, authenticate, socket } = this.#options;
    if (this.#initialised) return this.#close(Closing.initTwice);
    this.#initialised = true;
    const identity = await this.#verify(() => identify(payload, authenticate));
    if (!identity) return;
    if (!admit(identity)) return this.#close(Closing.tooManySockets);
    this.#identity = identity;
    await socket.send({ type: MessageType.ConnectionAck });
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
      this.#close(error instanceof VerificationKeysUnavailable ? Closing.keysUnavailable : Closing.forbidden);
      return undefined;
    }
  }

  #adopt(identity: SocketIdentity): void {
    this.#identity = identity;
    for (const listener of this.#refreshListeners) listener();
  }

  #subscribe(id: string, payload: SubscribePayload): Promise<void> | void {
    if (!this.#identity) return this.#close(Closing.unauthorized);
    if (id.length > MAX_ID_LENGTH) return this.#close(Closing.idTooLong);
    if (this.#operations.has(id)) return this.#close(Closing.idInUse);
    if (this.#operations.size >= this.#options.settings.maxOperationsPerSocket) {
      return this.#close(Closing.tooManyOperations);
    }
    return this.#run(id, payload, this.#operations.start(id));
  }

  async #run(id: string, payload: SubscribePayload, signal: AbortSignal): Promise<void> {
    const { socket, run } = this.#options;
    let last: Message = { id, type: MessageType.Complete };
    let isSessionOver = false;
    try {
      for await (const result of run(payload, () => this.#identity!, signal, this.#onRefresh)) {
        if (signal.aborted) return;
        await socket.send({ id, type: MessageType.Next, payload: result });
      }
    } catch (error) {
      if (!(error instanceof OperationFailure)) {
        this.#options.logger.error({ err: error }, 'operation on a socket failed unexpectedly');
        return this.#close(Closing.fault);
      }
      isSessionOver = this.#isSessionOver(error);
      last = { id, type: MessageType.Error, payload: error.errors };
    }
    if (signal.aborted) return;
    this.#operations.finish(id);
    const sent = socket.send(last);
    // Without waiting for a reader who may have stopped reading.
    if (isSessionOver) this.#close(Closing.sessionEnded);
    await sent;
  }

  readonly #onRefresh = (listener: () => void): (() => void) => {
    this.#refreshListeners.add(listener);
    return () => this.#refreshListeners.delete(listener);
  };

  /**
   * Whether a subgraph has not let this socket's token pass, which held when it was shown: then the session is over, and
   * every other operation of the socket speaks for the same session.
   */
  #isSessionOver({ errors }: OperationFailure): boolean {
    if (this.#identity?.authorization === undefined) return false;
    return errors.some(({ extensions }) => extensions?.code === ErrorCode.UNAUTHENTICATED);
  }

  #close(closing: Closing): void {
    this.#options.socket.close(closing);
  }
}
