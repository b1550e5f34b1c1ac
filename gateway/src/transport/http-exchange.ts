import type { Dispatcher } from 'undici';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Why an exchange brought no answer. Not meant for a client: the message may name hosts. */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure';
  /** Whether time ran out, rather than the network failing. */
  readonly timedOut: boolean;
  /** Whether the other side had begun to answer. If not, it may never have seen the call. */
  readonly answerBegun: boolean;

  constructor(cause: Error | undefined, timedOut: boolean, answerBegun: boolean) {
    super(timedOut ? 'no answer in time' : (cause?.message ?? 'connection failed'), { cause });
    this.timedOut = timedOut;
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
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(request, new AnswerCollector(resolve, reject, timeoutMs));
  });
}

/** On undici's lowest level, where an exchange costs no stream, no signal and no second promise. */
class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (failure: ExchangeFailure) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #settled = false;

  constructor(resolve: (answer: HttpAnswer) => void, reject: (failure: ExchangeFailure) => void, timeoutMs: number) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#timeOut(), Math.max(1, timeoutMs));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection until its time was up, and nobody wants the answer any more.
    if (this.#settled) controller.abort(new Error('timed out in the queue'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    // 1xx are announcements, not the answer.
    if (status >= 200) this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, body: bytes.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#settle()) this.#reject(new ExchangeFailure(error, false, this.#status !== 0));
  }

  #timeOut(): void {
    if (!this.#settle()) return;
    this.#reject(new ExchangeFailure(undefined, true, this.#status !== 0));
    // Frees the connection: without this a hung subgraph would keep it for ever.
    this.#controller?.abort(new Error('timed out'));
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timer);
    return true;
  }
}
