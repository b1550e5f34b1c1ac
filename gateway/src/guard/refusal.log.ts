import type { AccessTokenClaims, ErrorCode, Logger } from '@supergraph/protocol';
import { Counter, type Registry } from 'prom-client';
import { FloodGate } from './flood.gate.ts';
import type { Refusal } from './refusal.ts';

/** Who asked, as far as it was found out. Every request context is one. */
export interface RefusedCaller {
  readonly claims?: AccessTokenClaims | undefined;
  readonly clientAddress: string;
  /** Absent for what never became a request, such as a socket that is not let in. */
  readonly correlationId?: string | undefined;
}

export interface RefusedRequest {
  readonly code: ErrorCode;
  /** Which guard it was and why, in our words: never what the client sent. */
  readonly reason: string;
  /** The operation's name, as far as it has one. */
  readonly operationName?: string | undefined;
  /** Who asked. */
  readonly context: RefusedCaller;
}

interface RefusedRun {
  readonly code: ErrorCode;
  readonly caller: Readonly<Record<string, string | undefined>>;
}

/** In characters. A client chooses how long the name of its operation is. */
const MAX_NAME_LENGTH = 100;

/**
 * The audit log of what was not let in, and its counter.
 *
 * One line for each refusal, until one caller gets the same refusal again and again: then one line when that begins, and
 * one when it ends, which says how many there were. The lines are bounded however many callers there are; the counter
 * counts every refusal.
 */
export class RefusalLog {
  readonly #logger: Logger;
  readonly #refusals: Counter<'code'>;
  readonly #gate: FloodGate<RefusedRun>;
  /** Thrown and recorded already: some go through several hands on their way to the client. */
  readonly #recorded = new WeakSet<Refusal>();

  constructor(logger: Logger, registry: Registry) {
    this.#logger = logger;
    this.#refusals = new Counter({
      name: 'gateway_refusals_total',
      help: 'Requests, operations and sockets that were not let in, by code.',
      labelNames: ['code'],
      registers: [registry],
    });
    this.#gate = new FloodGate(({ code, caller }, suppressed, isMixed) => {
      const about = isMixed ? {} : { code, caller };
      logger.info({ audit: 'refused', ...about, suppressed }, 'More requests were refused like this');
    });
  }

  /** Records what a guard has thrown. Does nothing when it was recorded before. */
  recordThrown(refusal: Refusal, context: RefusedCaller, operationName?: string): void {
    if (this.#recorded.has(refusal)) return;
    this.#recorded.add(refusal);
    this.record({ code: refusal.code, reason: refusal.message, operationName, context });
  }

  record({ code, reason, operationName, context }: RefusedRequest): void {
    this.#refusals.inc({ code });
    const caller = callerOf(context);
    const kind = `${code} ${caller.user ?? caller.address} ${caller.as ?? ''}`;
    if (!this.#gate.passes(kind, { code, caller })) return;
    const { correlationId } = context;
    const line = { audit: 'refused', code, reason, operationName: operationName?.slice(0, MAX_NAME_LENGTH), caller };
    this.#logger.info({ ...line, correlationId }, 'A request was refused');
  }

  /** Tells of what was held back. */
  close(): void {
    this.#gate.close();
  }
}

function callerOf({ claims, clientAddress: address }: RefusedCaller): RefusedRun['caller'] {
  if (!claims) return { address };
  const { sub: user, org: organization, sid, act } = claims;
  // What has a token and no session signed in with an API key.
  return { user, organization, as: act ? `support ${act.sub}` : sid ? 'person' : 'API key', address };
}
