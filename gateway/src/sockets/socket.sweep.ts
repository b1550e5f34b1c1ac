import type { Clock } from '@supergraph/protocol';

/** One moment, by both clocks. */
export interface Moment {
  /** Milliseconds that only ever grow: for how long something has lasted. */
  readonly uptime: number;
  /** Milliseconds since 1970: for what has a date. */
  readonly time: number;
}

export interface Sweepable {
  /** Does what is due. May leave the sweep. */
  sweep(now: Moment): void;
}

/**
 * One timer for all sockets.
 *
 * A socket has several things to wait for: its initialisation, pings, the end of its token, idleness. A timer for each
 * would be 40,000 with 10,000 sockets, and most of what a socket costs. What is due is noticed one interval late at most.
 */
export class SocketSweep {
  readonly #members = new Set<Sweepable>();
  readonly #intervalMs: number;
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;

  constructor(intervalMs: number, clock: Clock) {
    this.#intervalMs = intervalMs;
    this.#clock = clock;
  }

  add(member: Sweepable): void {
    this.#members.add(member);
    this.#timer ??= setInterval(() => this.#sweep(), this.#intervalMs);
  }

  remove(member: Sweepable): void {
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #sweep(): void {
    const now: Moment = { uptime: performance.now(), time: this.#clock.now().getTime() };
    for (const member of this.#members) member.sweep(now);
  }
}

/** Often enough that nothing is noticed more than a quarter late, and no more than once a second. */
export function sweepInterval(timeoutsMs: readonly number[]): number {
  return Math.max(10, Math.min(1_000, ...timeoutsMs.map((timeout) => timeout / 4)));
}
