import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLDataSource } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { createLogger, systemClock } from '@supergraph/protocol';
import { buildASTSchema, parse, print } from 'graphql';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { Authorization } from '../../src/authorization/authorization.ts';
import { Policies } from '../../src/authorization/policies.ts';
import { DocumentResolver } from '../../src/documents/document.resolver.ts';
import { publicError } from '../../src/errors/public-error.ts';
import { OperationGuard } from '../../src/guard/operation.guard.ts';
import { RefusalLog } from '../../src/guard/refusal.log.ts';
import { GraphHolder, type LoadedGraph } from '../../src/graph/live-graph.ts';
import { withoutSecurityDirectives } from '../../src/graph/security-directives.ts';
import { DocumentLimits } from '../../src/limits/document.limits.ts';
import { limitSettings } from '../../src/limits/limit.settings.ts';
import { Overload, type Vitals } from '../../src/overload/overload.ts';
import type { RequestContext } from '../../src/request-context.ts';
import { gatewaySettings } from '../../src/settings.ts';
import { type AttachedSockets, attachSockets, type SocketsOptions } from '../../src/sockets/attach-sockets.ts';
import { defaultSocketSettings, type SocketSettings } from '../../src/sockets/socket.settings.ts';
import { defaultUpstreamSettings, type UpstreamSettings } from '../../src/upstream/upstream.settings.ts';
import { silentObserver } from './silent-observer.ts';
import type { Subgraph } from './subgraph.ts';

type Described = Pick<Subgraph, 'name' | 'url' | 'sdl'>;

export interface LiveGatewayOptions {
  readonly settings?: Partial<Omit<SocketSettings, 'upstream'>>;
  readonly upstream?: Partial<UpstreamSettings>;
  readonly authenticate?: SocketsOptions['authenticate'];
  readonly execute?: SocketsOptions['execute'];
  readonly refusals?: SocketsOptions['refusals'];
  readonly vitals?: Vitals;
}

/** The sockets of a gateway on a real HTTP server, in front of real subgraphs, without the rest of the gateway. */
export class LiveGateway {
  readonly graph = new GraphHolder();
  readonly metrics = new Registry();
  readonly sockets: AttachedSockets;
  readonly #server: Server;

  private constructor(server: Server, options: LiveGatewayOptions) {
    const logger = createLogger('gateway', 'silent');
    this.#server = server;
    const refusals = new RefusalLog(logger, this.metrics);
    const authorization = new Authorization({
      ...{ policies: new Policies(), log: refusals, logger, errorLimit: 100, fieldLimit: 10_000 },
    });
    this.sockets = attachSockets(server, {
      graph: this.graph,
      guard: new OperationGuard({
        documents: new DocumentLimits(z.object(limitSettings).parse({})),
        admissions: [],
        refusals,
      }),
      overload: new Overload(gatewaySettings.parse({}), this.metrics, logger, options.vitals),
      authorization,
      documents: new DocumentResolver({ mode: 'off', refusals }),
      observer: silentObserver(this.metrics),
      authenticate: options.authenticate ?? (async () => undefined),
      execute: options.execute ?? (async () => ({ data: null })),
      formatError: (error, { correlationId }) => publicError(error, { correlationId, suggestions: true }),
      settings: {
        ...defaultSocketSettings,
        ...options.settings,
        upstream: {
          ...defaultUpstreamSettings,
          backoff: { firstMs: 10, longestMs: 50 },
          ...options.upstream,
        },
      },
      logger,
      metrics: this.metrics,
      refusals: options.refusals ?? refusals,
      clock: systemClock,
    });
  }

  static async start(subgraphs: readonly Described[], options: LiveGatewayOptions = {}): Promise<LiveGateway> {
    const server = createServer((_, response) => response.writeHead(404).end());
    const gateway = new LiveGateway(server, options);
    gateway.serve(subgraphs);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  /** Composes these subgraphs and swaps the graph. */
  serve(subgraphs: readonly Described[]): void {
    this.graph.replace(loadGraph(subgraphs, this.graph.isLoaded ? this.graph.current.revision + 1 : 1));
  }

  async metric(name: string): Promise<number> {
    const { values } = await this.metrics.getSingleMetric(name)!.get();
    return values.reduce((sum, { value }) => sum + value, 0);
  }

  async stop(): Promise<void> {
    await this.sockets.drain();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Composes these subgraphs into a graph, as a reload of the gateway would. */
export function loadGraph(subgraphs: readonly Described[], revision: number): LoadedGraph {
  const composed = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (!composed.supergraphSdl) throw new Error(composed.errors?.join('\n'));
  const annotated = parse(composed.supergraphSdl);
  const supergraph = Supergraph.build(print(withoutSecurityDirectives(annotated)));
  return {
    revision,
    engine: 'compiled',
    apiSchema: supergraph.apiSchema().toGraphQLJSSchema(),
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    annotatedSchema: buildASTSchema(annotated, { assumeValid: true }),
    queryPlanner: new QueryPlanner(supergraph),
    subgraphs: new Map(subgraphs.map(({ name, url }) => [name, { name, url }])),
    dataSources: new Map(subgraphs.map((subgraph) => [subgraph.name, overHttp(subgraph.url)])),
  };
}

function overHttp(url: string): GraphQLDataSource {
  return {
    async process({ request, context }) {
      const { authorization } = context as RequestContext;
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify({ query: request.query, variables: request.variables }),
      });
      return (await response.json()) as Awaited<ReturnType<GraphQLDataSource['process']>>;
    },
  };
}
