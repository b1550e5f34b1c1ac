import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLDataSource } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { createLogger, systemClock } from '@supergraph/protocol';
import { parse } from 'graphql';
import { Registry } from 'prom-client';
import { publicError } from '../../src/errors/public-error.ts';
import { GraphHolder, type LoadedGraph } from '../../src/graph/live-graph.ts';
import type { RequestContext } from '../../src/request-context.ts';
import { type AttachedSockets, attachSockets, type SocketsOptions } from '../../src/sockets/attach-sockets.ts';
import { defaultSocketSettings, type SocketSettings } from '../../src/sockets/socket.settings.ts';
import { defaultUpstreamSettings, type UpstreamSettings } from '../../src/upstream/upstream.settings.ts';
import type { Subgraph } from './subgraph.ts';

type Described = Pick<Subgraph, 'name' | 'url' | 'sdl'>;

export interface LiveGatewayOptions {
  readonly settings?: Partial<Omit<SocketSettings, 'upstream'>>;
  readonly upstream?: Partial<UpstreamSettings>;
  readonly authenticate?: SocketsOptions['authenticate'];
  readonly execute?: SocketsOptions['execute'];
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
    this.sockets = attachSockets(server, {
      graph: this.graph,
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
  const supergraph = Supergraph.build(composed.supergraphSdl);
  return {
    revision,
    engine: 'compiled',
    apiSchema: supergraph.apiSchema().toGraphQLJSSchema(),
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
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
