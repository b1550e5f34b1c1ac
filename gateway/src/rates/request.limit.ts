import type { Arrival } from '../guard/operation.guard.ts';
import type { RequestContext } from '../request-context.ts';
import { type CallerKind, callerOf } from './caller.ts';
import type { Counts } from './counts.ts';
import { Limit } from './limit.ts';
import type { RateMetrics } from './rate.metrics.ts';
import { rateRefusal } from './rate.refusal.ts';
import type { RateSettings } from './rate.settings.ts';

const MINUTE = 60;

interface Policy {
  readonly limit: Limit;
  /** As the standard for these headers has it. */
  readonly header: string;
}

/** Limits how many requests a caller sends. Asked before a request is read, and for each operation on a socket. */
export class RequestLimit implements Arrival {
  readonly #policies: Readonly<Record<CallerKind, Policy | undefined>>;
  readonly #counts: Counts;
  readonly #metrics: RateMetrics;

  constructor(settings: RateSettings, counts: Counts, metrics: RateMetrics) {
    this.#policies = {
      address: policy(settings.requestsPerAddress),
      person: policy(settings.requestsPerPerson),
      key: policy(settings.requestsPerKey),
    };
    this.#counts = counts;
    this.#metrics = metrics;
  }

  /** Counts so many requests. Returns headers that tell the caller what is left. Throws `RATE_LIMITED`. */
  arrive(context: RequestContext, requests: number): Readonly<Record<string, string>> {
    const { kind, id } = callerOf(context);
    const given = this.#policies[kind];
    if (!given) return {};
    const { limit, header } = given;
    const take = { limit, key: limit.keyOf(id), units: requests };
    const shortage = this.#counts.takeHere(take);
    if (shortage) throw rateRefusal(shortage, 'Too many requests', this.#metrics);
    return { 'ratelimit-policy': header, ratelimit: `"requests";r=${this.#counts.remaining(take)}` };
  }
}

function policy(max: number): Policy | undefined {
  if (max === 0) return undefined;
  return { limit: new Limit('requests', max, MINUTE), header: `"requests";q=${max};w=${MINUTE}` };
}
