import { exchange } from '../transport/http-exchange.ts';
import type { CircuitState } from '../transport/circuit-breaker.ts';
import type { CallHeaders } from '../transport/call-headers.ts';
import type { SubgraphPools } from '../transport/subgraph.pools.ts';
import type { LiveGraph, SubgraphAddress } from '../graph/live-graph.ts';

export interface SubgraphState {
  readonly status: 'up' | 'down';
  /** How long it took to find out. */
  readonly latencyMs: number;
  /** Whether calls of clients go out to it: the probe does, whatever the state of its circuit. */
  readonly circuit: CircuitState;
}

/** A state is kept this long, so that whoever asks us often does not make us ask subgraphs often. */
const FRESH_MS = 1_000;
const PROBE_TIMEOUT_MS = 1_000;

/** Every GraphQL server answers this, so the subgraphs of others can be asked too. */
const PROBE = JSON.stringify({ query: '{ __typename }' });

export interface SubgraphProbeParts {
  readonly graph: LiveGraph;
  readonly pools: SubgraphPools;
  readonly headers: CallHeaders;
  circuitOf(subgraph: string): CircuitState | undefined;
}

/** Finds out which subgraphs answer. */
export class SubgraphProbe {
  readonly #parts: SubgraphProbeParts;
  #probedAt = -Infinity;
  #states: Promise<Record<string, SubgraphState>> | undefined;

  constructor(parts: SubgraphProbeParts) {
    this.#parts = parts;
  }

  /** By subgraph name. Takes as long as the slowest subgraph, bounded to a second. Never rejects. */
  states(): Promise<Record<string, SubgraphState>> {
    const now = performance.now();
    if (!this.#states || now - this.#probedAt >= FRESH_MS) {
      this.#probedAt = now;
      this.#states = this.#probeAll();
    }
    return this.#states;
  }

  async #probeAll(): Promise<Record<string, SubgraphState>> {
    const subgraphs = [...this.#parts.graph.current.subgraphs.values()];
    return Object.fromEntries(
      await Promise.all(subgraphs.map(async (subgraph) => [subgraph.name, await this.#probe(subgraph)] as const)),
    );
  }

  async #probe({ name, url }: SubgraphAddress): Promise<SubgraphState> {
    const { headers: callHeaders, pools } = this.#parts;
    const { pathname, search } = new URL(url);
    const headers = callHeaders.own(PROBE);
    const startedAt = performance.now();
    let status: SubgraphState['status'] = 'down';
    try {
      const request = { path: pathname + search, method: 'POST', headers, body: PROBE };
      const answer = await exchange(pools.forUrl(url), request, PROBE_TIMEOUT_MS);
      if (answer.status === 200) status = 'up';
    } catch {
      // Down, for a reason that health does not tell.
    }
    const latencyMs = Math.round(performance.now() - startedAt);
    return { status, latencyMs, circuit: this.#parts.circuitOf(name) ?? 'closed' };
  }
}
