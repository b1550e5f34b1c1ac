import { setTimeout as pause } from 'node:timers/promises';
import type { ApolloServer } from '@apollo/server';
import { type Clock, createLogger, type Logger, systemClock } from '@supergraph/protocol';
import type { FormattedExecutionResult } from 'graphql';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { AnswerCache } from './answers/answer.cache.ts';
import { AnswerMetrics } from './answers/answer.metrics.ts';
import { Authorization } from './authorization/authorization.ts';
import { Policies, type Policy } from './authorization/policies.ts';
import { openDocuments } from './documents/open-documents.ts';
import { CostAdmission } from './cost/cost.admission.ts';
import { costPlugin } from './cost/cost.plugin.ts';
import { createApolloServer } from './execution/apollo.server.ts';
import { ErrorReporting } from './execution/error.reporting.ts';
import { FederatedGateway } from './graph/federated.gateway.ts';
import { guardPlugin } from './guard/guard.plugin.ts';
import { OperationGuard } from './guard/operation.guard.ts';
import { RefusalLog } from './guard/refusal.log.ts';
import { GraphiqlRoute } from './graphiql/graphiql.route.ts';
import { HealthRoute } from './health/health.route.ts';
import { SubgraphProbe } from './health/subgraph.probe.ts';
import { CorsPolicy } from './http/cors.ts';
import { GatewayServer } from './http/gateway.server.ts';
import { GraphqlRoute } from './http/graphql.route.ts';
import { createAuthentication } from './identity/authentication.ts';
import { DocumentLimits } from './limits/document.limits.ts';
import { VariableLimits } from './limits/variable.limits.ts';
import { GatewayMetrics } from './metrics/gateway.metrics.ts';
import { openMetrics } from './metrics/open-metrics.ts';
import { openObserver } from './observation/open-observer.ts';
import { tracingPlugin } from './observation/tracing.plugin.ts';
import { createRates } from './rates/create-rates.ts';
import { Overload } from './overload/overload.ts';
import type { RequestContext } from './request-context.ts';
import { gatewaySettings, type GatewaySettings, type GatewaySettingsInput } from './settings.ts';
import { type AttachedSockets, attachSockets } from './sockets/attach-sockets.ts';
import { socketSettings } from './sockets/socket.settings.ts';

/** What cannot be said in settings: a company's own policies, and what a test puts in the place of the real thing. */
export interface GatewayOverrides {
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** What `@policy` may name besides the built-in ones. */
  readonly policies?: Readonly<Record<string, Policy>>;
  /**
   * Leaves the guard out, for the benchmark that measures what it costs. Not a setting on purpose: nobody shall be able to
   * do this by mistake.
   */
  readonly unguarded?: boolean;
}

export interface RunningGateway {
  /** The GraphQL endpoint as seen from this machine. */
  readonly url: string;
  readonly port: number;
  /** Where metrics are, when they have a port of their own. */
  readonly metricsPort: number | undefined;
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
  const refusals = new RefusalLog(logger, registry);
  const authorization = new Authorization({
    policies: new Policies(overrides.policies),
    log: refusals,
    logger,
    errorLimit: settings.authorizationErrorLimit,
    fieldLimit: settings.authorizationFieldLimit,
  });
  const isGuarded = !overrides.unguarded;
  const gateway = new FederatedGateway({
    ...{ settings, logger, metrics, clock },
    authorization: isGuarded ? authorization : undefined,
    answers: settings.answerCache
      ? { cache: new AnswerCache(settings, clock), metrics: new AnswerMetrics(registry) }
      : undefined,
  });
  const overload = new Overload(settings, registry, logger);
  const errors = new ErrorReporting(logger, metrics, settings.suggestions);
  const documents = await openDocuments(settings, logger, refusals);
  const rates = await createRates({ settings, clock, logger, metrics: registry });
  const costs = new CostAdmission(settings, rates.cost);
  // What remembers documents comes last: only what all others let through is worth it.
  const admissions = [new VariableLimits(settings), costs, rates.fields, ...documents.admissions];
  const guard = isGuarded
    ? new OperationGuard({
        ...{ arrival: rates.requests, documents: new DocumentLimits(settings), admissions, refusals },
      })
    : OperationGuard.open(refusals);
  const observer = await openObserver(settings, logger, registry);
  const { tracer } = observer;
  const plugins = [
    guardPlugin(guard, () => gateway.graph),
    costPlugin(costs),
    ...(tracer.isOn ? [tracingPlugin()] : []),
  ];
  const apollo = createApolloServer(gateway, settings, logger, errors, plugins);
  await apollo.start();
  const exposedMetrics = await openMetrics(settings, registry).catch(async (error: Error) => {
    await apollo.stop();
    await rates.close();
    throw error;
  });

  const condition = { isLoaded: gateway.isLoaded, isDraining: false };
  const cors = new CorsPolicy(settings.corsOrigins);
  const server = new GatewayServer(
    {
      graphql: new GraphqlRoute({
        ...{ apollo, authenticate, guard, refusals, cors, overload, settings, logger, metrics, observer },
        documents: documents.resolver,
      }),
      health: new HealthRoute(condition, new SubgraphProbe(gateway)),
      metrics: exposedMetrics.route,
      cors,
      refusals,
      graphiql: settings.graphiql ? new GraphiqlRoute() : undefined,
    },
    settings,
    logger,
  );
  const sockets = attachSockets(server.http, {
    graph: gateway.graph,
    guard,
    authorization,
    documents: documents.resolver,
    observer,
    planWatch: metrics.planCache('subscriptions'),
    authenticate,
    overload,
    execute: (request, context) => executeSingle(apollo, request, context),
    formatError: (error, context) => errors.report(error, context),
    settings: socketSettings(settings),
    logger,
    metrics: registry,
    refusals,
    clock,
  });
  const release = async (): Promise<void> => {
    condition.isDraining = true;
    server.announceEnd();
    await pause(settings.shutdownDelayMs);
    await drain(server, sockets, settings);
    await apollo.stop();
    await rates.close();
    documents.close();
    overload.stop();
    refusals.close();
    await exposedMetrics.close();
    observer.close();
    await tracer.close();
    registry.clear();
  };
  const port = await server.listen(settings.port, settings.host).catch(async (error: Error) => {
    await exposedMetrics.close();
    await apollo.stop();
    await rates.close();
    overload.stop();
    throw error;
  });
  logger.info({ port, subgraphs: [...gateway.graph.current.subgraphs.keys()] }, 'Gateway is ready');
  let stopped: Promise<void> | undefined;
  return {
    ...{ url: `http://localhost:${port}/graphql`, port, metricsPort: exposedMetrics.port, gateway },
    stop: () => (stopped ??= release()),
  };
}

async function drain(server: GatewayServer, sockets: AttachedSockets, settings: GatewaySettings): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, settings.drainTimeoutMs);
  });
  // The HTTP server counts sockets as connections too, so both are let go at the same time.
  await Promise.all([
    server.drain(settings.drainTimeoutMs),
    Promise.race([sockets.drain(settings.drainTimeoutMs / 2), limit]),
  ]);
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
