/** For how long a line stands for those like it, in milliseconds. */
const RUN_MS = 10_000;
/** Lines that may begin a run within that time, whoever they are about. */
const MAX_RUNS = 200;

interface Run<About> {
  readonly about: About;
  readonly endsAt: number;
  suppressed: number;
}

/** Told how many were held back of the kind of `about`, or, when mixed, of all the kinds that were too many. */
export type FloodEnded<About> = (about: About, suppressed: number, isMixed: boolean) => void;

/**
 * Lets the first of a kind pass and holds back what follows it for ten seconds, then says how many that were.
 *
 * Of more kinds at once than it can tell apart, all that are new are held back as one: whoever comes from ten thousand
 * addresses writes no more lines than two hundred people would.
 */
export class FloodGate<About> {
  readonly #ended: FloodEnded<About>;
  readonly #now: () => number;
  /** In the order of their ends, because all are as long. */
  readonly #runs = new Map<string, Run<About>>();
  #overflow: Run<About> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ended: FloodEnded<About>, now: () => number = () => performance.now()) {
    this.#ended = ended;
    this.#now = now;
  }

  /** Whether this one is to be told of. */
  passes(kind: string, about: About): boolean {
    const now = this.#now();
    this.#endRuns(now);
    const run = this.#runs.get(kind);
    if (run) run.suppressed += 1;
    else if (this.#runs.size >= MAX_RUNS) this.#overflowWith(about, now);
    else {
      this.#runs.set(kind, { about, endsAt: now + RUN_MS, suppressed: 0 });
      // Or the last run of an attack would only be told of at the next one.
      this.#timer ??= setInterval(() => this.#endRuns(this.#now()), RUN_MS).unref();
      return true;
    }
    return false;
  }

  /** Ends all runs. */
  close(): void {
    this.#endRuns(Infinity);
  }

  #overflowWith(about: About, now: number): void {
    this.#overflow ??= { about, endsAt: now + RUN_MS, suppressed: 0 };
    this.#overflow.suppressed += 1;
  }

  #endRuns(now: number): void {
    for (const [kind, run] of this.#runs) {
      if (run.endsAt > now) break;
      this.#runs.delete(kind);
      this.#tell(run, false);
    }
    if (this.#overflow && this.#overflow.endsAt <= now) {
      this.#tell(this.#overflow, true);
      this.#overflow = undefined;
    }
    if (this.#runs.size > 0 || this.#overflow) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tell({ about, suppressed }: Run<About>, isMixed: boolean): void {
    if (suppressed > 0) this.#ended(about, suppressed, isMixed);
  }
}
