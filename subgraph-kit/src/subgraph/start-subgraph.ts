import {
  type Clock,
  createLogger,
  type Logger,
  RemoteVerificationKeys,
  systemClock,
  type VerificationKeys,
} from '@supergraph/protocol';
import type { GraphQLSchema } from 'graphql';
import { collectDefaultMetrics } from 'prom-client';
import type { GraphContext } from '../context/graph-context.ts';
import type { SqlObserver } from '../database/sql-observer.ts';
import type { SubgraphEnvironment } from '../environment.ts';
import type { EventHandlers } from '../events/event-handler.ts';
import { EventConsumer } from '../events/event.consumer.ts';
import { EventOutbox } from '../events/event.outbox.ts';
import type { JobHandlers } from '../jobs/job-handler.ts';
import { JobQueue } from '../jobs/job.queue.ts';
import { AuthorityWatch } from '../live/authority.watch.ts';
import { createLive } from '../live/create-live.ts';
import type { Live } from '../live/live.ts';
import { QueueSampler } from '../metrics/queue.sampler.ts';
import { SubgraphMetrics } from '../metrics/subgraph.metrics.ts';
import { buildSchemaOf } from '../schema/build-subgraph-schema.ts';
import { CallerIdentity } from '../server/caller.ts';
import { RequestRunner } from '../server/request-runner.ts';
import { SubgraphServer } from '../server/subgraph.server.ts';
import { openSubgraphTracer } from '../tracing/open-subgraph-tracer.ts';
import { traceSql } from '../tracing/sql.spans.ts';
import type { BackgroundRuntime } from '../work/background.ts';
import { Runtime } from './runtime.ts';
import type { SubgraphDefinition } from './subgraph-definition.ts';
import { Teardown } from './teardown.ts';

/** What tests and the one-process run put in place of the ordinary parts. */
export interface StartOverrides {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly live?: Live;
  readonly verificationKeys?: VerificationKeys;
  readonly onSql?: SqlObserver;
  /** Without them a test decides itself when events are handled and jobs run. Default: on. */
  readonly background?: boolean;
  /** Whether the whole process is this subgraph, and what metrics tell of the process is its own. */
  readonly ownsProcess?: boolean;
}

export interface RunningSubgraph<
  Environment extends SubgraphEnvironment,
  Services,
  Events extends object,
  Loaders,
  Cases,
> {
  readonly name: string;
  /** Where the gateway reaches it, `http://host:port/graphql`. */
  readonly url: string;
  readonly runtime: Runtime<Environment, Services, Events, Loaders, Cases>;
  /** Handles the events that are due, for scripts and tests that start without background work. */
  drainEvents(): Promise<number>;
  /** Likewise for jobs. */
  drainJobs(): Promise<number>;
  readonly jobs: JobQueue;
  /** Finishes what has begun, then lets go of everything. */
  stop(): Promise<void>;
}

/** Starts a subgraph: schema, database, services, event handlers, jobs, server. */
export async function startSubgraph<
  Environment extends SubgraphEnvironment,
  Services,
  Events extends object,
  Loaders,
  Cases,
>(
  definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>,
  environment: Environment,
  overrides: StartOverrides = {},
): Promise<RunningSubgraph<Environment, Services, Events, Loaders, Cases>> {
  const log = overrides.log ?? createLogger(definition.name, environment.LOG_LEVEL);
  // First, because it is what fails when the subgraph is put together wrongly.
  const { schema } = await buildSchemaOf<GraphContext<Loaders, Cases>>(definition);
  const teardown = new Teardown();
  try {
    return await assemble(definition, environment, { ...overrides, log, schema, teardown });
  } catch (error) {
    await teardown.run().catch((failure: unknown) => log.warn({ err: failure }, 'cannot undo a start that failed'));
    throw error;
  }
}

async function assemble<Environment extends SubgraphEnvironment, Services, Events extends object, Loaders, Cases>(
  definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>,
  environment: Environment,
  start: StartOverrides & { readonly log: Logger; readonly schema: GraphQLSchema; readonly teardown: Teardown },
): Promise<RunningSubgraph<Environment, Services, Events, Loaders, Cases>> {
  const { log, schema, teardown, clock = systemClock } = start;
  const metrics = new SubgraphMetrics(definition.name);
  if (start.ownsProcess) collectDefaultMetrics({ register: metrics.registry });
  const live = start.live ?? (await createLive(environment.REDIS_URL, log));
  if (!start.live) teardown.add(() => live.close());
  const authorities = new AuthorityWatch(live, log);
  teardown.add(async () => authorities.stop());
  const { DATABASE_URL: databaseUrl } = environment;
  const jobHandlers = (definition.jobs ?? {}) as JobHandlers;
  const tracer = await openSubgraphTracer(definition.name, environment, log);
  teardown.add(() => tracer.close());
  const jobs = new JobQueue({ subgraph: definition.name, databaseUrl, handlers: jobHandlers, log, tracer });
  const outbox = new EventOutbox({ producer: definition.name, jobs });
  const traceStatement = tracer.isOn ? traceSql(tracer, definition.name) : undefined;
  const onSql: SqlObserver = (statement) => {
    metrics.countStatement();
    start.onSql?.(statement);
    return traceStatement?.(statement);
  };
  const runtime = await Runtime.open(definition, { environment, clock, log, live, outbox, onSql });
  teardown.add(() => runtime.close());
  teardown.add(() => jobs.stop());
  // From here on the parts that run handlers pass services and events through without looking at them.
  const background = runtime as unknown as BackgroundRuntime;
  const handlers = (definition.handlers ?? {}) as EventHandlers;
  const { name: subgraph } = definition;
  const hasJobs = Object.keys(jobHandlers).length > 0;
  const queues = new QueueSampler({ subgraph, metrics, runtime: background, log, hasJobs });
  teardown.add(() => queues.stop());
  const consumer = new EventConsumer({ ...{ subgraph, databaseUrl, handlers, log, tracer }, runtime: background });
  teardown.add(() => consumer.stop());
  const requests = new RequestRunner({
    caller: new CallerIdentity(
      {
        issuer: environment.TOKEN_ISSUER,
        audience: environment.TOKEN_AUDIENCE,
        keys: start.verificationKeys ?? keysOf(definition, runtime.services, environment),
        clock,
      },
      log,
    ),
    authorities,
    openScope: (session, { acceptLanguage, ...details }) =>
      runtime.openScope(session, { ...details, locale: preferredLanguage(acceptLanguage) }),
    createContext: (scope) => runtime.createContext(scope),
  });
  const server = new SubgraphServer({
    definition,
    runtime,
    schema,
    requests,
    metrics,
    tracer,
    environment,
    clock,
    log,
  });
  teardown.add(() => server.stop());
  const url = await server.start();
  if (start.background !== false) {
    // With no job and no handler, nothing else would notice that the database is away.
    await runtime.ping();
    await jobs.start(background);
    await consumer.start();
    queues.start();
  }
  server.health.markStarted();
  log.info({ url }, 'subgraph started');
  return {
    name: definition.name,
    url,
    runtime,
    drainEvents: () => consumer.drain(),
    drainJobs: () => jobs.drain(background),
    jobs,
    stop: () => teardown.run(),
  };
}

function keysOf<Services>(
  definition: { name: string; verificationKeys?: (services: Services) => VerificationKeys },
  services: Services,
  environment: SubgraphEnvironment,
): VerificationKeys {
  if (definition.verificationKeys) return definition.verificationKeys(services);
  if (environment.JWKS_URL) return new RemoteVerificationKeys(environment.JWKS_URL);
  throw new Error(`${definition.name} cannot verify tokens: set JWKS_URL.`);
}

/** The first language of an `Accept-Language` header. */
function preferredLanguage(header: string | undefined): string | undefined {
  return header?.match(/^\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})*)/i)?.[1];
}
