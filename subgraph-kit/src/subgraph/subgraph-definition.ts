import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AnyEntity, EntityClass } from '@mikro-orm/postgresql';
import type { Clock, Logger, VerificationKeys } from '@supergraph/protocol';
import type { GraphContext, Reader, UseCases } from '../context/graph-context.ts';
import type { SubgraphEnvironment } from '../environment.ts';
import type { EventHandlers } from '../events/event-handler.ts';
import type { JobHandlers } from '../jobs/job-handler.ts';
import type { Live } from '../live/live.ts';
import type { ReferenceLoaders } from '../schema/build-subgraph-schema.ts';
import type { Work } from '../work/work.ts';

/** What a subgraph's services are built from, once, at start. */
export interface Kernel<Environment, Services, Events extends object> {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Logger;
  readonly live: Live;
  /**
   * Runs something outside any request, as the system, in a unit of work that is committed at the end. May be called in
   * the middle of a transaction, of which it is no part.
   */
  readonly asSystem: <Result>(run: (work: Work<Services, Events>) => Promise<Result>) => Promise<Result>;
}

export interface RouteAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A plain HTTP answer beside the graph, for what has to be a URL (keys, feeds). Unsigned: check the caller yourself. */
export type Route<Services> = (request: IncomingMessage, services: Services) => Promise<RouteAnswer>;

/** What somebody outside has sent us. */
export interface PostedCall<Services, Events extends object> {
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came: what signs them signs exactly these. */
  readonly body: Buffer;
  readonly services: Services;
  readonly now: Date;
  /** Runs something as the system, in a unit of work that is committed at the end. */
  readonly asSystem: <Result>(run: (work: Work<Services, Events>) => Promise<Result>) => Promise<Result>;
}

/**
 * A path that others send to, such as a webhook. Anybody can: find out first who it was. What throws is answered with 500,
 * so that whoever sent it tries again.
 */
export interface PostRoute<Services, Events extends object> {
  readonly post: (call: PostedCall<Services, Events>) => Promise<RouteAnswer>;
  /** A body may have so many bytes; more is answered with 413. 1 MiB unless told. */
  readonly bodyLimit?: number;
}

/** A whole subgraph on one page. */
export interface SubgraphDefinition<
  Environment extends SubgraphEnvironment,
  Services,
  Events extends object,
  Loaders,
  Cases,
> {
  readonly name: string;
  readonly entities: readonly EntityClass<AnyEntity>[];
  /** The folder of its SQL migrations. */
  readonly migrations: string;
  readonly resolvers: readonly Function[];
  /** Types that no root field reaches, but other subgraphs do. */
  readonly orphanedTypes?: readonly Function[];
  readonly references: ReferenceLoaders<GraphContext<Loaders, Cases>>;
  /** The events it publishes, each with the version of its payload. */
  readonly events: { readonly [Name in keyof Events & string]: number };
  readonly loaders: (reader: Reader<Services>) => Loaders;
  readonly useCases: Cases & UseCases<Services, Events>;
  readonly services: (kernel: Kernel<Environment, Services, Events>) => Services | Promise<Services>;
  /** What it does when something happens, here or elsewhere. */
  readonly handlers?: EventHandlers<Services, Events>;
  /** What it does outside of requests: slow, timed, or needing the network. */
  readonly jobs?: JobHandlers<Services, Events>;
  /** Paths beside `/graphql`: a function answers `GET`, a `PostRoute` takes `POST`. */
  readonly routes?: Readonly<Record<string, Route<Services> | PostRoute<Services, Events>>>;
  /** For the one subgraph that signs tokens and need not ask itself over HTTP. */
  readonly verificationKeys?: (services: Services) => VerificationKeys;
}

/** A request's caller and context types are settled here, once, for all call sites. */
export function defineSubgraph<
  Environment extends SubgraphEnvironment,
  Services,
  Events extends object,
  Loaders,
  Cases,
>(
  definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>,
): SubgraphDefinition<Environment, Services, Events, Loaders, Cases> {
  return definition;
}
