import type { ApolloServer } from '@apollo/server';
import { type Clock, createLogger, type Logger, systemClock } from '@supergraph/protocol';
import type { FormattedExecutionResult } from 'graphql';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createApolloServer } from './execution/apollo.server.ts';
import { ErrorReporting } from './execution/error.reporting.ts';
import { FederatedGateway } from './graph/federated.gateway.ts';
import { GraphiqlRoute } from './graphiql/graphiql.route.ts';
import { HealthRoute } from './health/health.route.ts';
import { SubgraphProbe } from './health/subgraph.probe.ts';
import { CorsPolicy } from './http/cors.ts';
import { GatewayServer } from './http/gateway.server.ts';
import { GraphqlRoute } from './http/graphql.route.ts';
import { createAuthentication } from './identity/authentication.ts';
import { GatewayMetrics } from './metrics/gateway.metrics.ts';
import type { RequestContext } from './request-context.ts';
import { gatewaySettings, type GatewaySettings, type GatewaySettingsInput } from './settings.ts';
import { type AttachedSockets, attachSockets } from './sockets/attach-sockets.ts';
import { socketSettings } from './sockets/socket.settings.ts';

/** What a test puts in the place of the real thing. */
export interface GatewayOverrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

export interface RunningGateway {
  /** The GraphQL endpoint as seen from this machine. */
  readonly url: string;
  readonly port: number;
  readonly gateway: FederatedGateway;
  /** Finishes what is under way, at most for the drain timeout, and frees everything. Can be called twice. */
  stop(): Promise<void>;
}

/**
 * Loads the supergraph and serves it.
 *
 * Rejects when a setting is wrong, the supergraph cannot be loaded or the port is taken. Subgraphs need not be there.
 */
export async function startGateway(
  input: GatewaySettingsInput = {},
  overrides: GatewayOverrides = {},
): Promise<RunningGateway> {
  const settings = gatewaySettings.parse(input);
  const { clock = systemClock, logger = createLogger('gateway', settings.logLevel) } = overrides;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = new GatewayMetrics(registry);
  const authenticate = createAuthentication(settings, clock);
  const gateway = new FederatedGateway({ settings, logger, metrics, clock });
  const errors = new ErrorReporting(logger, metrics, settings.introspection);
  const apollo = createApolloServer(gateway, settings, logger, errors);
  await apollo.start();

  const condition = { isLoaded: gateway.isLoaded, isDraining: false };
  const server = new GatewayServer(
    {
      graphql: new GraphqlRoute({ apollo, authenticate, settings, logger, metrics }),
      health: new HealthRoute(condition, new SubgraphProbe(gateway.graph, gateway.pools, gateway.headers)),
      metrics: registry,
      cors: new CorsPolicy(settings.corsOrigins),
      graphiql: settings.graphiql ? new GraphiqlRoute() : undefined,
    },
    logger,
  );
  const sockets = attachSockets(server.http, {
    graph: gateway.graph,
    authenticate,
    execute: (request, context) => executeSingle(apollo, request, context),
    formatError: (error, context) => errors.report(error, context),
    settings: socketSettings(settings),
    logger,
    metrics: registry,
    clock,
  });
  const release = async (): Promise<void> => {
    condition.isDraining = true;
    await drain(server, sockets, settings);
    await apollo.stop();
    registry.clear();
  };
  const port = await server.listen(settings.port, settings.host).catch(async (error: Error) => {
    await apollo.stop();
    throw error;
  });
  logger.info({ port, subgraphs: [...gateway.graph.current.subgraphs.keys()] }, 'Gateway is ready');
  let stopped: Promise<void> | undefined;
  return { url: `http://localhost:${port}/graphql`, port, gateway, stop: () => (stopped ??= release()) };
}

async function drain(server: GatewayServer, sockets: AttachedSockets, settings: GatewaySettings): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, settings.drainTimeoutMs);
  });
  // The HTTP server counts sockets as connections too, so both are let go at the same time.
  await Promise.all([server.drain(settings.drainTimeoutMs), Promise.race([sockets.drain(), limit])]);
  clearTimeout(timer);
}

async function executeSingle(
  apollo: ApolloServer<RequestContext>,
  request: { query: string; operationName?: string; variables?: Record<string, unknown> },
  contextValue: RequestContext,
): Promise<FormattedExecutionResult> {
  const { body } = await apollo.executeOperation(request, { contextValue });
  if (body.kind !== 'single') throw new Error('An operation without @defer was answered in parts');
  return body.singleResult as FormattedExecutionResult;
}
