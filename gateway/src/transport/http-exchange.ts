import type { Dispatcher } from 'undici';

type IncomingHttpHeaders = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** Its `Set-Cookie` headers. Absent when it has none. */
  readonly cookies?: readonly string[] | undefined;
}

/**
 * `too large` is an answer beyond the limit, `no room` one that we had no memory for; `abandoned` means that whoever
 * wanted it has left.
 */
export type ExchangeFailureReason = 'timeout' | 'network' | 'too large' | 'no room' | 'abandoned';

/** On whose behalf an exchange is made. */
export interface Caller {
  /** Ends the exchange and its connection when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Where the bytes of the answer are counted. */
  readonly held?: { take(bytes: number): boolean } | undefined;
}

/** Why an exchange brought no answer. Not meant for a client: the message may name hosts. */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure';
  readonly reason: ExchangeFailureReason;
  /** Whether the other side had begun to answer. If not, it may never have seen the call. */
  readonly answerBegun: boolean;

  constructor(reason: ExchangeFailureReason, answerBegun: boolean, cause?: Error) {
    super(cause?.message ?? (reason === 'timeout' ? 'no answer in time' : reason), { cause });
    this.reason = reason;
    this.answerBegun = answerBegun;
  }
}

/**
 * Sends one request and collects the whole answer as text.
 *
 * `timeoutMs` bounds everything, waiting for a free connection included. undici's own timeouts cannot: they are coarse,
 * and none covers a body that trickles. Rejects with {@link ExchangeFailure}.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  timeoutMs: number,
  caller: Caller = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (caller.signal?.aborted) return reject(new ExchangeFailure('abandoned', false));
    dispatcher.dispatch(request, new AnswerCollector(resolve, reject, timeoutMs, caller));
  });
}

/** On undici's lowest level, where an exchange costs no stream and no second promise. */
class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (failure: ExchangeFailure) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #caller: Caller;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #cookies: readonly string[] | undefined;
  #settled = false;

  constructor(
    resolve: (answer: HttpAnswer) => void,
    reject: (failure: ExchangeFailure) => void,
    timeoutMs: number,
    caller: Caller,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#giveUp('timeout'), Math.max(1, timeoutMs));
    this.#caller = caller;
    caller.signal?.addEventListener('abort', this);
  }

  /** The signal was aborted. */
  handleEvent(): void {
    this.#giveUp('abandoned');
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection until its time was up, and nobody wants the answer any more.
    if (this.#settled) controller.abort(new Error('given up in the queue'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    { 'set-cookie': cookies }: IncomingHttpHeaders,
  ): void {
    // 1xx are announcements, not the answer.
    if (status < 200) return;
    this.#status = status;
    if (cookies !== undefined) this.#cookies = Array.isArray(cookies) ? cookies : [cookies];
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#caller.held?.take(chunk.length) === false) return this.#giveUp('no room');
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, body: bytes.toString('utf8'), cookies: this.#cookies });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    const reason = error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? 'too large' : 'network';
    if (this.#settle()) this.#reject(new ExchangeFailure(reason, this.#status !== 0, error));
  }

  #giveUp(reason: ExchangeFailureReason): void {
    if (!this.#settle()) return;
    this.#reject(new ExchangeFailure(reason, this.#status !== 0));
    // Frees the connection: without this a hung subgraph would keep it for ever.
    this.#controller?.abort(new Error(reason));
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#caller.signal?.removeEventListener('abort', this);
    return true;
  }
}
