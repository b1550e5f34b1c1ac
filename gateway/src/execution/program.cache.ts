import type { LoadedGraph } from '../graph/live-graph.ts';

export interface ProgramCacheLimits {
  readonly maxPrograms: number;
  /** Of all documents together, because a program grows with its document and clients decide how long that is. */
  readonly maxCharacters: number;
}

/** Is told how the cache does. */
export interface CacheWatch {
  found(): void;
  /** `size` is how many there are now. */
  made(size: number): void;
}

const DEFAULT_LIMITS: ProgramCacheLimits = { maxPrograms: 1_000, maxCharacters: 2_000_000 };

/**
 * Programs by document, for the graph that is served now.
 *
 * The clients of one app send the same few documents, so what is planned for one is planned for all; and when the graph
 * is swapped, so are all running subscriptions of one document.
 */
export class ProgramCache<P> {
  readonly #limits: ProgramCacheLimits;
  readonly #watch: CacheWatch | undefined;
  readonly #programs = new Map<string, { readonly program: P; readonly characters: number }>();
  #characters = 0;
  #graph: LoadedGraph | undefined;

  constructor(limits: Partial<ProgramCacheLimits> = {}, watch?: CacheWatch) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#watch = watch;
  }

  /**
   * Returns the program for a document that is so many characters long; `compile` may throw, and then nothing is kept.
   * The key may be the document itself, or stand for it.
   */
  get(graph: LoadedGraph, key: string, compile: () => P, characters = key.length): P {
    if (graph !== this.#graph) {
      this.#programs.clear();
      this.#characters = 0;
      this.#graph = graph;
    }
    const known = this.#programs.get(key);
    const entry = known ?? { program: compile(), characters };
    // Re-inserting keeps the map in order of use: the first key is the one unused for longest.
    if (!this.#programs.delete(key)) this.#characters += characters;
    this.#programs.set(key, entry);
    while (this.#programs.size > this.#limits.maxPrograms || this.#characters > this.#limits.maxCharacters) {
      const [oldest, { characters: freed }] = this.#programs.entries().next().value!;
      this.#programs.delete(oldest);
      this.#characters -= freed;
    }
    if (known) this.#watch?.found();
    else this.#watch?.made(this.#programs.size);
    return entry.program;
  }
}
