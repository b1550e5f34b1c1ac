import type { ServerResponse } from 'node:http';
import type { SubgraphProbe } from './subgraph.probe.ts';

export interface GatewayCondition {
  readonly isLoaded: boolean;
  readonly isDraining: boolean;
}

/**
 * Answers orchestrators.
 *
 * Ready means that this process can serve. A subgraph that is away does not change that: the others' data is still
 * worth having, and taking every gateway out of rotation would turn a part's failure into the whole's.
 */
export class HealthRoute {
  readonly #condition: GatewayCondition;
  readonly #probe: SubgraphProbe;

  constructor(condition: GatewayCondition, probe: SubgraphProbe) {
    this.#condition = condition;
    this.#probe = probe;
  }

  async serve(path: string, response: ServerResponse): Promise<void> {
    const { isLoaded, isDraining } = this.#condition;
    if (path === '/health/live') return answer(response, 200, { status: 'live' });
    if (path === '/health/startup')
      return answer(response, isLoaded ? 200 : 503, { status: isLoaded ? 'started' : 'starting' });
    if (path !== '/health/ready') return answer(response, 404, { status: 'unknown' });
    if (!isLoaded || isDraining) return answer(response, 503, { status: isDraining ? 'draining' : 'starting' });
    answer(response, 200, { status: 'ready', subgraphs: await this.#probe.states() });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
