import { SlidingWindow } from './sliding-window.ts';

/** Closed is the ordinary state: calls go through. */
export type CircuitState = 'closed' | 'open' | 'half-open';

export interface CircuitRules {
  /** Over how long failures are counted, in milliseconds. */
  readonly windowMs: number;
  /** Fewer calls than this in the window prove nothing. */
  readonly minimumCalls: number;
  /** The share of failures, above 0 and up to 1, at which it opens. */
  readonly failureRate: number;
  /** How long nothing is tried once it is open, in milliseconds. */
  readonly openMs: number;
}

/** What a call is let in with, and says how it ended with. */
export type Passage = number;

/** In place of a {@link Passage}: the call may not go out. */
export const REFUSED: Passage = -1;

/**
 * Keeps calls from a subgraph that does not answer, so that nobody waits for it in vain and it can come to itself.
 *
 * After a while one call is let through to see; meanwhile the others are refused at once. Of the libraries, cockatiel has
 * them wait for that call instead, which with a subgraph that hangs is as long as the wait that was to be avoided.
 */
export class CircuitBreaker {
  readonly #rules: CircuitRules;
  readonly #changed: (state: CircuitState) => void;
  readonly #now: () => number;
  readonly #window: SlidingWindow;
  #state: CircuitState = 'closed';
  #openedAt = 0;
  /** Counts the changes of state: what began before a change says nothing about what is after it. */
  #era: Passage = 0;
  #probing = false;

  constructor(rules: CircuitRules, changed: (state: CircuitState) => void, now = () => performance.now()) {
    this.#rules = rules;
    this.#changed = changed;
    this.#now = now;
    this.#window = new SlidingWindow(rules.windowMs);
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Whether a call would be refused now. */
  get isRefusing(): boolean {
    if (this.#state === 'closed') return false;
    return this.#state === 'half-open' ? this.#probing : this.#now() - this.#openedAt < this.#rules.openMs;
  }

  /** {@link REFUSED}, or what one of the three methods below has to be called with when the call is over. */
  enter(): Passage {
    if (this.#state === 'closed') return this.#era;
    if (this.isRefusing) return REFUSED;
    if (this.#state === 'open') this.#become('half-open');
    this.#probing = true;
    return this.#era;
  }

  succeeded(passage: Passage): void {
    if (passage !== this.#era) return;
    if (this.#state === 'half-open') this.#become('closed');
    else this.#window.count(false, this.#now());
  }

  failed(passage: Passage): void {
    if (passage !== this.#era) return;
    if (this.#state === 'half-open') return this.#become('open');
    this.#window.count(true, this.#now());
    const { calls, failures } = this.#window;
    if (calls >= this.#rules.minimumCalls && failures >= calls * this.#rules.failureRate) this.#become('open');
  }

  /** Whoever wanted the answer has left before it could be known how the call ends. */
  abandoned(passage: Passage): void {
    if (passage === this.#era) this.#probing = false;
  }

  #become(state: CircuitState): void {
    this.#state = state;
    this.#era += 1;
    this.#probing = false;
    this.#window.clear();
    if (state === 'open') this.#openedAt = this.#now();
    this.#changed(state);
  }
}
