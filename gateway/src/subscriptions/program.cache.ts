import type { LoadedGraph } from '../graph/live-graph.ts';
import type { SubscriptionProgram } from './subscription.program.ts';

/**
 * Programs by document, for the graph that is served now.
 *
 * Clients of one app subscribe with the same few documents, so a reconnecting crowd is planned once; and when the graph
 * is swapped, so are all running subscriptions of one document.
 */
export class ProgramCache {
  readonly #maxPrograms: number;
  readonly #programs = new Map<string, SubscriptionProgram>();
  #graph: LoadedGraph | undefined;

  constructor(maxPrograms = 500) {
    this.#maxPrograms = maxPrograms;
  }

  /** Returns the program for a document; `compile` may throw, and then nothing is kept. */
  get(graph: LoadedGraph, key: string, compile: () => SubscriptionProgram): SubscriptionProgram {
    if (graph !== this.#graph) {
      this.#programs.clear();
      this.#graph = graph;
    }
    const program = this.#programs.get(key) ?? compile();
    // Re-inserting keeps the map in order of use: the first key is the one unused for longest.
    this.#programs.delete(key);
    this.#programs.set(key, program);
    if (this.#programs.size > this.#maxPrograms) this.#programs.delete(this.#programs.keys().next().value!);
    return program;
  }
}
