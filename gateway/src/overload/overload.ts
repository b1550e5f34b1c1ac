import { ErrorCode, type Logger } from '@supergraph/protocol';
import type { Registry } from 'prom-client';
import { Refusal } from '../guard/refusal.ts';
import type { GatewaySettings } from '../settings.ts';
import { ConcurrencyLimit } from '../transport/concurrency.limit.ts';
import { oldGenerationBytes, oldGenerationLimit } from './heap.ts';
import { HeldBytes } from './held-bytes.ts';
import { OverloadMetrics, type OverloadLoad, type OverloadReason } from './overload.metrics.ts';
import { SlowReaders } from './slow-readers.ts';

/** How often the process is looked at, in milliseconds. */
const INTERVAL_MS = 100;

/** Below this share of a limit it is over; between the two nothing changes, or it would flicker. */
const RELIEF = 0.85;

/** The share of what may be held at which nothing new begins; the rest is for what has begun. */
const ENOUGH_HELD = 0.75;

/** So many looks in a row have to be late: one pause, for a garbage collection, is no overload. */
const LATE_LOOKS = 3;

/** In seconds: long enough for a garbage collection and a moment of quiet. */
const RETRY_AFTER = 1;

/** What is looked at. */
export interface Vitals {
  /** Bytes in use of the heap, and their limit. */
  readonly heapUsed: () => number;
  readonly heapLimit: number;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

type Signal = Exclude<OverloadReason, 'operations'>;

/**
 * Refuses operations that the gateway could not finish, before they cost anything, so that it finishes those it has.
 *
 * A timer looks at the process and sets a flag; an operation only reads the flag. While it is set nothing new begins, except
 * one at a time: where nothing is allocated no garbage is collected, and the flag would never fall.
 */
export class Overload implements OverloadLoad {
  readonly held: HeldBytes;
  readonly slowReaders: SlowReaders;
  readonly #settings: GatewaySettings;
  readonly #vitals: Vitals;
  readonly #places: ConcurrencyLimit;
  readonly #metrics: OverloadMetrics;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #reason: Signal | undefined;
  #lookedAt: number;
  #delays: readonly number[] = Array.from({ length: LATE_LOOKS }, () => 0);

  constructor(settings: GatewaySettings, registry: Registry, logger: Logger, vitals = processVitals(settings)) {
    this.#settings = settings;
    this.#vitals = vitals;
    this.#logger = logger;
    this.held = new HeldBytes(settings.maxHeldBytes ?? roomForAnswers(vitals));
    this.slowReaders = new SlowReaders(vitals.now);
    this.#places = new ConcurrencyLimit(settings.maxOperations, settings.operationQueue);
    this.#metrics = new OverloadMetrics(registry, this);
    this.#lookedAt = vitals.now();
    this.#timer = setInterval(() => this.look(), INTERVAL_MS).unref();
  }

  /** Whether new operations and sockets are refused. */
  get isShedding(): boolean {
    return this.#reason !== undefined;
  }

  get operations(): number {
    return this.#places.taken;
  }

  get waiting(): number {
    return this.#places.waiting;
  }

  get heldBytes(): number {
    return this.held.total;
  }

  /** Throws the refusal that an operation gets now. To be asked before anything is read or parsed. */
  check(): void {
    if (this.#places.taken === 0) return;
    if (this.#reason) throw this.#refusal(this.#reason);
    // Answers come faster than the timer.
    if (this.held.total >= this.held.limit * ENOUGH_HELD) throw this.#refusal('held bytes');
  }

  /** Runs an operation when its turn has come. Throws a {@link Refusal} when that would take too long. */
  async run<Result>(operation: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    this.check();
    if (!this.#places.take()) {
      const wait = await this.#places.wait(this.#settings.operationWaitMs, signal);
      if (wait !== 'entered') throw this.#refusal('operations');
    }
    try {
      return await operation();
    } finally {
      this.#places.giveBack();
    }
  }

  /** Looks at the process. The timer does; tests may. */
  look(): void {
    const now = this.#vitals.now();
    const late = Math.max(0, now - this.#lookedAt - INTERVAL_MS);
    this.#lookedAt = now;
    this.#delays = [...this.#delays.slice(1), late];
    this.#become(this.#signal());
    if (this.#reason !== 'held bytes') return;
    const cut = this.slowReaders.cutOff(() => this.held.total < this.held.limit / 2);
    if (cut > 0) this.#metrics.slowReadersCut(cut);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #signal(): Signal | undefined {
    const { heapLimit, heapUsed } = this.#vitals;
    const { maxHeapPercent, maxEventLoopDelayMs } = this.#settings;
    const exceeds = (reason: Signal, value: number, limit: number): boolean =>
      value >= (this.#reason === reason ? limit * RELIEF : limit);
    if (exceeds('heap', heapUsed(), (heapLimit * maxHeapPercent) / 100)) return 'heap';
    if (exceeds('held bytes', this.held.total, this.held.limit * ENOUGH_HELD)) return 'held bytes';
    if (exceeds('event loop', Math.min(...this.#delays), maxEventLoopDelayMs)) return 'event loop';
    return undefined;
  }

  #become(reason: Signal | undefined): void {
    if (reason === this.#reason) return;
    this.#reason = reason;
    if (!reason) return this.#logger.info('The gateway takes on operations again');
    this.#logger.warn({ reason, operations: this.operations }, 'The gateway is overloaded and refuses operations');
  }

  #refusal(reason: OverloadReason): Refusal {
    this.#metrics.shed(reason);
    return new Refusal(ErrorCode.OVERLOADED, 'The gateway has more to do than it can; nothing was executed', {
      status: 503,
      extensions: { retryAfter: RETRY_AFTER },
      headers: { 'retry-after': String(RETRY_AFTER) },
    });
  }
}

/** A tenth of what is free: joining makes about five times as much of it, and the rest is for everything else. */
function roomForAnswers({ heapLimit, heapUsed }: Vitals): number {
  return Math.max(1, Math.round((heapLimit - heapUsed()) / 10));
}

function processVitals({ heapLimit = oldGenerationLimit() }: GatewaySettings): Vitals {
  return { heapUsed: oldGenerationBytes, heapLimit, now: () => performance.now() };
}
