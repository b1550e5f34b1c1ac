import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Clock, Logger } from '@supergraph/protocol';
import type { GraphQLSchema } from 'graphql';
import { refuseApolloTelemetry } from '../environment.ts';
import { ApolloEngine } from '../execution/apollo.engine.ts';
import { CompiledEngine } from '../execution/compiled.engine.ts';
import type { Engine } from '../execution/engine.ts';
import type { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { GatewaySettings } from '../settings.ts';
import { CallHeaders } from '../transport/call-headers.ts';
import { SubgraphDataSource } from '../transport/subgraph.data-source.ts';
import { SubgraphPools } from '../transport/subgraph.pools.ts';
import { GraphHolder, type LiveGraph, type SubgraphAddress } from './live-graph.ts';
import { SupergraphSource } from './supergraph.source.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<object>['gateway'];

export interface FederatedGatewayParts {
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
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
  readonly #apollo: ApolloGateway;
  readonly #engine: Engine;
  readonly #holder = new GraphHolder();
  readonly #dataSources = new Map<string, { url: string; dataSource: GraphQLDataSource }>();

  constructor(parts: FederatedGatewayParts) {
    refuseApolloTelemetry();
    this.#parts = parts;
    this.pools = new SubgraphPools(parts.settings);
    this.headers = new CallHeaders(parts.settings, parts.clock);
    this.#apollo = new ApolloGateway({
      logger: parts.logger,
      supergraphSdl: new SupergraphSource(parts.settings, parts.logger, parts.metrics),
      buildService: ({ name, url }) => this.#dataSource(this.#address(name, url ?? '')),
      // With it, a header would make any client see the query plan.
      __exposeQueryPlanExperimental: false,
      validateSupergraph: true,
    });
    this.#engine =
      parts.settings.engine === 'apollo'
        ? new ApolloEngine(this.#apollo)
        : new CompiledEngine(this.#holder, parts.logger);
    this.#apollo.onSchemaLoadOrUpdate(({ apiSchema }) => this.#publish(apiSchema));
  }

  get graph(): LiveGraph {
    return this.#holder;
  }

  get isLoaded(): boolean {
    return this.#holder.isLoaded;
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
    this.#holder.replace({
      revision: this.#holder.isLoaded ? this.#holder.current.revision + 1 : 1,
      engine: this.#parts.settings.engine,
      apiSchema,
      supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
      queryPlanner,
      subgraphs: new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph])),
      dataSources: new Map(subgraphs.map((subgraph) => [subgraph.name, this.#dataSource(subgraph)])),
    });
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
    const dataSource = new SubgraphDataSource(subgraph, {
      dispatcher: this.pools.forUrl(subgraph.url),
      headers: this.headers,
      metrics: this.#parts.metrics,
      timeoutMs: this.#parts.settings.subgraphTimeoutMs,
      deduplicate: this.#parts.settings.deduplicate,
    });
    this.#dataSources.set(subgraph.name, { url: subgraph.url, dataSource });
    return dataSource;
  }
}
