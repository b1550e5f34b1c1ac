import { LRUCache } from 'lru-cache';

/** Uses after which a name gets a series of its own. A stranger who makes up names uses none as often. */
const USES_TO_BE_KNOWN = 3;

/** In characters. */
const MAX_LENGTH = 100;

/** What an operation without a name is called. */
export const ANONYMOUS = 'anonymous';
/** What an operation is called whose name is one of too many. */
export const OTHER = 'other';

/**
 * Decides which names of operations metrics tell apart.
 *
 * Names come from strangers, and every one of them would be kept for ever, here and in Prometheus. So there is room for
 * so many, and only what runs again and again gets it; what was trusted beforehand has it in any case.
 */
export class OperationNames {
  readonly #known: Set<string>;
  readonly #maxNames: number;
  readonly #candidates = new LRUCache<string, number>({ max: 1_000 });

  constructor(maxNames: number, trusted: readonly string[] = []) {
    this.#maxNames = maxNames;
    this.#known = new Set(trusted);
  }

  /** Gives these names room, whatever else there is. */
  trust(names: Iterable<string>): void {
    for (const name of names) this.#known.add(name);
  }

  /** The label for an operation, and whether that counts as a use of its name. */
  labelOf(name: string | undefined, isUse: boolean): string {
    if (name === undefined) return ANONYMOUS;
    if (this.#known.has(name)) return name;
    if (!isUse || this.#known.size >= this.#maxNames || name.length > MAX_LENGTH) return OTHER;
    const uses = (this.#candidates.get(name) ?? 0) + 1;
    if (uses < USES_TO_BE_KNOWN) {
      this.#candidates.set(name, uses);
      return OTHER;
    }
    this.#candidates.delete(name);
    this.#known.add(name);
    return name;
  }
}
