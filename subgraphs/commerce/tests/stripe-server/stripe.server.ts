import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Fields, StripeLedger, type StripeThing, Wrong } from './stripe.objects.ts';

export const WEBHOOK_SECRET = 'whsec_that_only_tests_use';
export const SECRET_KEY = 'sk_test_that_only_tests_use';

/** What a test has it do. */
export interface Knobs {
  /** Before a call is carried out. */
  delayMs: number;
  /** Carries calls to these paths out, and hangs up instead of answering, so often. */
  loseAnswers: { path: RegExp; times: number } | undefined;
  /** Answers calls to these paths with this status, and does nothing. */
  failWith: { path: RegExp; status: number } | undefined;
  /** Sends each event so often, at once. */
  deliveries: number;
  /** Sends events before it answers the call that caused them. */
  eventsFirst: boolean;
}

/** A server on this machine that speaks the parts of Stripe's API that we use, keeps to its rules, and signs its events. */
export class StripeServer {
  readonly knobs: Knobs = {
    delayMs: 0,
    loseAnswers: undefined,
    failWith: undefined,
    deliveries: 1,
    eventsFirst: false,
  };
  readonly ledger = new StripeLedger();
  /** What was asked, in order. */
  readonly calls: { method: string; path: string; key: string | undefined; fields: Fields }[] = [];
  /** Where events go; nowhere until told. */
  webhookUrl: string | undefined;
  /** The time that events are signed with. */
  now: () => Date = () => new Date();
  readonly #answers = new Map<string, { print: string; status: number; body: unknown }>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sending = new Set<Promise<unknown>>();

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.quiet();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** As Stripe does after a day: the same call again is then another one. */
  forgetKeys(): void {
    this.#answers.clear();
  }

  /** When every event so far has been delivered. */
  async quiet(): Promise<void> {
    while (this.#sending.size > 0) await Promise.allSettled([...this.#sending]);
  }

  event(type: string, object: StripeThing, id = `evt_${randomUUID().replaceAll('-', '')}`): string {
    return JSON.stringify({ id, object: 'event', type, created: 1, livemode: false, data: { object } });
  }

  sign(body: string, { secret = WEBHOOK_SECRET, at = this.now() }: { secret?: string; at?: Date } = {}): string {
    const time = Math.floor(at.getTime() / 1_000);
    return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
  }

  /** Delivers an event and says how it was taken. */
  async deliver(body: string, signature: string | undefined = this.sign(body)): Promise<number> {
    const headers = { 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }) };
    return (await fetch(this.webhookUrl!, { method: 'POST', body, headers })).status;
  }

  /** Tells of something by itself. */
  announce(type: string, object: StripeThing): Promise<unknown> {
    if (!this.webhookUrl) return Promise.resolve();
    const body = this.event(type, structuredClone(object));
    const sending = Promise.all(Array.from({ length: this.knobs.deliveries }, () => this.deliver(body)));
    this.#sending.add(sending);
    return sending.finally(() => this.#sending.delete(sending));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const { pathname: path, searchParams } = new URL(request.url!, 'http://stripe');
    const method = request.method!;
    const key = request.headers['idempotency-key'] as string | undefined;
    this.calls.push({ method, path, key, fields });
    if (this.knobs.delayMs > 0) await pause(this.knobs.delayMs);
    const { failWith, loseAnswers } = this.knobs;
    if (failWith?.path.test(path)) return reply(response, failWith.status, { error: { message: 'Try later.' } });
    const isLost = method === 'POST' && loseAnswers && loseAnswers.times > 0 && loseAnswers.path.test(path);
    const { status, body, tell } = this.#carryOut(request, { method, path, fields, query: searchParams, key });
    if (tell && this.knobs.eventsFirst) await this.announce(...tell).catch(() => {});
    if (isLost) {
      loseAnswers.times -= 1;
      request.socket.destroy();
    } else {
      reply(response, status, body);
    }
    if (tell && !this.knobs.eventsFirst) void this.announce(...tell).catch(() => {});
  }

  #carryOut(
    { headers }: IncomingMessage,
    call: { method: string; path: string; fields: Fields; query: URLSearchParams; key: string | undefined },
  ): { status: number; body: unknown; tell?: [string, StripeThing] | undefined } {
    const { method, path, fields, query, key } = call;
    if (headers.authorization !== `Bearer ${SECRET_KEY}`) return { status: 401, body: { error: { message: 'Who?' } } };
    const print = JSON.stringify([path, fields]);
    const first = key === undefined ? undefined : this.#answers.get(key);
    if (first && first.print !== print) return { status: 400, body: { error: { type: 'idempotency_error' } } };
    if (first) return first;
    let outcome: { status: number; body: unknown; tell?: [string, StripeThing] | undefined };
    try {
      const { object, type } = this.ledger.handle(method, path, fields, query);
      outcome = { status: 200, body: structuredClone(object), tell: type ? [type, object as StripeThing] : undefined };
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      const { status, message, code, intent } = error;
      outcome = { status, body: { error: { message, code, payment_intent: structuredClone(intent) } } };
    }
    if (key !== undefined) this.#answers.set(key, { print, status: outcome.status, body: outcome.body });
    return outcome;
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
