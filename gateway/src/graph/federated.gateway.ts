import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Clock, Logger } from '@supergraph/protocol';
import type { GraphQLSchema } from 'graphql';
import { CachedEngine, type CachedEngineParts } from '../answers/cached.engine.ts';
import type { Authorization } from '../authorization/authorization.ts';
import { AuthorizedEngine } from '../authorization/authorized.engine.ts';
import { refuseApolloTelemetry } from '../environment.ts';
import { ApolloEngine } from '../execution/apollo.engine.ts';
import { CompiledEngine } from '../execution/compiled.engine.ts';
import type { Engine } from '../execution/engine.ts';
import type { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { GatewaySettings } from '../settings.ts';
import type { CircuitState } from '../transport/circuit-breaker.ts';
import { CallHeaders } from '../transport/call-headers.ts';
import { SubgraphDataSource } from '../transport/subgraph.data-source.ts';
import { SubgraphLine } from '../transport/subgraph.line.ts';
import { SubgraphPools } from '../transport/subgraph.pools.ts';
import { GraphHolder, type LiveGraph, type LoadedGraph, type SubgraphAddress } from './live-graph.ts';
import { SupergraphSource } from './supergraph.source.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<object>['gateway'];

export interface FederatedGatewayParts {
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
  /** Absent only where the guard is left out to be measured. */
  readonly authorization: Authorization | undefined;
  /** Absent when no answers are to be kept. */
  readonly answers?: Pick<CachedEngineParts, 'cache' | 'metrics'> | undefined;
}

/**
 * What Apollo Server takes for its gateway.
 *
 * Apollo Gateway loads, watches and describes the supergraph; each graph it loads is published as {@link graph}. How an
 * operation is executed is the {@link Engine}'s affair.
 */
export class FederatedGateway implements GatewayInterface {
  readonly pools: SubgraphPools;
  readonly headers: CallHeaders;
  readonly #parts: FederatedGatewayParts;
  readonly #source: SupergraphSource;
  readonly #apollo: ApolloGateway;
  readonly #engine: Engine;
  readonly #holder = new GraphHolder();
  readonly #dataSources = new Map<string, { url: string; line: SubgraphLine; dataSource: GraphQLDataSource }>();

  constructor(parts: FederatedGatewayParts) {
    refuseApolloTelemetry();
    this.#parts = parts;
    this.pools = new SubgraphPools(parts.settings);
    this.headers = new CallHeaders(parts.settings, parts.clock);
    this.#source = new SupergraphSource(parts.settings, parts.logger, parts.metrics);
    this.#apollo = new ApolloGateway({
      logger: parts.logger,
      supergraphSdl: this.#source,
      buildService: ({ name, url }) => this.#dataSource(this.#address(name, url ?? '')),
      // With it, a header would make any client see the query plan.
      __exposeQueryPlanExperimental: false,
      validateSupergraph: true,
    });
    const engine =
      parts.settings.engine === 'apollo'
        ? new ApolloEngine(this.#apollo)
        : new CompiledEngine(this.#holder, parts.logger, parts.metrics.planCache('operations'));
    const { authorization, answers } = parts;
    const authorized = authorization ? new AuthorizedEngine(engine, this.#holder, authorization) : engine;
    this.#engine = answers
      ? new CachedEngine({
          ...{ engine: authorized, graph: this.#holder, ...answers },
          forwardedHeaders: parts.settings.forwardedHeaders,
        })
      : authorized;
    this.#apollo.onSchemaLoadOrUpdate(({ apiSchema }) => this.#publish(apiSchema));
  }

  get graph(): LiveGraph {
    return this.#holder;
  }

  get isLoaded(): boolean {
    return this.#holder.isLoaded;
  }

  /** The state of the circuit to a subgraph of the graph. */
  circuitOf(subgraph: string): CircuitState | undefined {
    return this.#dataSources.get(subgraph)?.line.circuit;
  }

  async load(options: Parameters<ApolloGateway['load']>[0]): ReturnType<GatewayInterface['load']> {
    await this.#apollo.load(options);
    this.#parts.metrics.graphLoaded('served');
    return { executor: (operation) => this.#engine.execute(operation) };
  }

  onSchemaLoadOrUpdate(
    listener: Parameters<GatewayInterface['onSchemaLoadOrUpdate'] & {}>[0],
  ): ReturnType<GatewayInterface['onSchemaLoadOrUpdate'] & {}> {
    return this.#apollo.onSchemaLoadOrUpdate(listener);
  }

  async stop(): Promise<void> {
    await this.#apollo.stop();
    await this.pools.destroy();
  }

  #publish(apiSchema: GraphQLSchema): void {
    // The one way to the planner that is not private, and a second one would double the time and memory of a load.
    const { queryPlanner } = this.#apollo.__testing();
    if (!queryPlanner) throw new Error('Apollo Gateway has loaded a graph without a query planner');
    const { supergraph } = queryPlanner;
    const subgraphs = supergraph.subgraphsMetadata().map(({ name, url }) => this.#address(name, url));
    const graph: LoadedGraph = {
      revision: this.#holder.isLoaded ? this.#holder.current.revision + 1 : 1,
      engine: this.#parts.settings.engine,
      apiSchema,
      supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
      annotatedSchema: this.#source.annotated,
      queryPlanner,
      subgraphs: new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph])),
      dataSources: new Map(subgraphs.map((subgraph) => [subgraph.name, this.#dataSource(subgraph)])),
    };
    // Now, so that what is wrong with its rules is told when it is loaded.
    this.#parts.authorization?.read(graph);
    this.#holder.replace(graph);
    this.pools.keepOnly(subgraphs.map(({ url }) => url));
  }

  #address(name: string, url: string): SubgraphAddress {
    const address = this.#parts.settings.subgraphUrls[name] ?? url;
    if (!/^https?:/.test(address) || !URL.canParse(address)) {
      throw new Error(`Subgraph '${name}' has no HTTP address; the setting for subgraph URLs can give it one`);
    }
    return { name, url: address };
  }

  #dataSource(subgraph: SubgraphAddress): GraphQLDataSource {
    const existing = this.#dataSources.get(subgraph.name);
    if (existing?.url === subgraph.url) return existing.dataSource;
    const { settings, metrics, logger } = this.#parts;
    const line = new SubgraphLine(subgraph.name, settings, metrics.lines, logger);
    const dataSource = new SubgraphDataSource(subgraph, {
      dispatcher: this.pools.forUrl(subgraph.url),
      line,
      headers: this.headers,
      metrics,
      deduplicate: settings.deduplicate,
    });
    this.#dataSources.set(subgraph.name, { url: subgraph.url, line, dataSource });
    return dataSource;
  }
}
