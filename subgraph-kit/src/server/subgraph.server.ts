import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { Clock, Logger } from '@supergraph/protocol';
import type { Tracer } from '@supergraph/telemetry';
import type { GraphQLSchema } from 'graphql';
import type { GraphContext } from '../context/graph-context.ts';
import type { SubgraphEnvironment } from '../environment.ts';
import { maskError } from '../errors/mask-error.ts';
import type { SubgraphMetrics } from '../metrics/subgraph.metrics.ts';
import type { Runtime } from '../subgraph/runtime.ts';
import type { PostRoute, RouteAnswer, SubgraphDefinition } from '../subgraph/subgraph-definition.ts';
import { graphqlHttp } from './graphql-http.ts';
import { graphqlSocket } from './graphql-socket.ts';
import { Health } from './health.ts';
import { HttpDrain } from './http-drain.ts';
import { pathOf, respondJson, respondRefusal, takeBody } from './http-exchange.ts';
import type { RequestRunner } from './request-runner.ts';

export interface SubgraphServerParts<
  Environment extends SubgraphEnvironment,
  Services,
  Events extends object,
  Loaders,
  Cases,
> {
  readonly definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>;
  readonly runtime: Runtime<Environment, Services, Events, Loaders, Cases>;
  readonly schema: GraphQLSchema;
  readonly requests: RequestRunner<Services, GraphContext<Loaders, Cases>>;
  readonly metrics: SubgraphMetrics;
  readonly tracer: Tracer;
  readonly environment: SubgraphEnvironment;
  readonly clock: Clock;
  readonly log: Logger;
}

const GRAPHQL_PATH = '/graphql';

/** What strangers may have us hold in memory, with each request of theirs. */
const POST_LIMIT = 1024 * 1024;

/** A subgraph's HTTP server: the graph for the gateway, probes and metrics for operators, its routes for everyone. */
export class SubgraphServer<Environment extends SubgraphEnvironment, Services, Events extends object, Loaders, Cases> {
  readonly health: Health;
  readonly #parts: SubgraphServerParts<Environment, Services, Events, Loaders, Cases>;
  readonly #apollo: ApolloServer<GraphContext<Loaders, Cases>>;
  readonly #server: Server;
  readonly #drain: HttpDrain;
  readonly #sockets: { close(): Promise<void> };

  constructor(parts: SubgraphServerParts<Environment, Services, Events, Loaders, Cases>) {
    this.#parts = parts;
    const { schema, requests, clock, log, environment, tracer } = parts;
    const signingSecret = environment.SUBGRAPH_SIGNING_SECRET;
    this.health = new Health(() => parts.runtime.ping());
    this.#apollo = new ApolloServer<GraphContext<Loaders, Cases>>({
      schema,
      introspection: true,
      // The gateway is the only caller, and its requests are signed: there is no browser to protect against.
      csrfPrevention: false,
      persistedQueries: false,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      plugins: [ApolloServerPluginLandingPageDisabled(), contextualMasking(log)],
      logger: log,
    });
    const graphql = graphqlHttp({ apollo: this.#apollo, signingSecret, clock, requests, tracer });
    this.#server = createServer((request, response) => {
      this.#route(graphql, request, response).catch((error: unknown) => {
        const correlationId = randomUUID();
        log.error({ err: error, correlationId }, 'request failed');
        if (response.headersSent) response.destroy();
        else respondRefusal(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong.', { correlationId });
      });
    });
    this.#drain = new HttpDrain(this.#server);
    // Longer than the gateway keeps idle connections, so that it is never the gateway's next request that meets the end.
    this.#server.keepAliveTimeout = 75_000;
    this.#sockets = graphqlSocket(this.#server, {
      path: GRAPHQL_PATH,
      schema,
      signingSecret,
      clock,
      requests,
      tracer,
      mask: (error, correlationId) => maskError(error.toJSON(), error, { correlationId: correlationId ?? '', log }),
    });
  }

  async start(): Promise<string> {
    const { HOST, PORT } = this.#parts.environment;
    await this.#apollo.start();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(PORT, HOST, resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}${GRAPHQL_PATH}`;
  }

  async stop(): Promise<void> {
    this.health.markDraining();
    await Promise.all([this.#sockets.close(), this.#drain.close()]);
    await this.#apollo.stop();
  }

  async #route(
    graphql: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = pathOf(request);
    if (path === GRAPHQL_PATH) {
      const startedAt = performance.now();
      await graphql(request, response);
      const outcome = response.statusCode < 400 ? 'ok' : response.statusCode < 500 ? 'refused' : 'failed';
      return this.#parts.metrics.observeOperation((performance.now() - startedAt) / 1000, outcome);
    }
    const route = this.#parts.definition.routes?.[path];
    if (request.method === 'POST' && typeof route === 'object') return this.#take(route, request, response);
    if (request.method !== 'GET') return respondRefusal(response, 404, 'NOT_FOUND', 'There is nothing here.');
    const probe = await this.health.probe(path);
    if (probe) return respondJson(response, probe.status, probe.body);
    if (path === '/metrics') {
      const { registry } = this.#parts.metrics;
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
      return;
    }
    if (typeof route !== 'function') return respondRefusal(response, 404, 'NOT_FOUND', 'There is nothing here.');
    respondWith(response, await route(request, this.#parts.runtime.services));
  }

  async #take(route: PostRoute<Services, Events>, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await takeBody(request, response, route.bodyLimit ?? POST_LIMIT);
    if (!body) return;
    const { runtime, clock } = this.#parts;
    const answer = await route.post({
      headers: request.headers,
      body,
      services: runtime.services,
      now: clock.now(),
      asSystem: (run) => runtime.asSystem(run),
    });
    respondWith(response, answer);
  }
}

function respondWith(response: ServerResponse, { status, contentType, headers, body }: RouteAnswer): void {
  response.writeHead(status, { 'content-type': contentType, ...headers }).end(body);
}

/** `formatError` is not told which request an error belongs to, and a masked error must name its correlation id. */
function contextualMasking<Context extends { correlationId: string }>(log: Logger) {
  return {
    requestDidStart: async ({ contextValue }: { contextValue: Context }) => ({
      willSendResponse: async ({
        response,
        errors,
      }: {
        response: { body: { kind: string } };
        errors?: readonly unknown[];
      }) => {
        const body = response.body as { kind: string; singleResult?: { errors?: readonly never[] } };
        if (body.kind !== 'single' || !body.singleResult?.errors) return;
        body.singleResult.errors = body.singleResult.errors.map((formatted, index) =>
          maskError(formatted, errors?.[index] ?? formatted, { correlationId: contextValue.correlationId, log }),
        ) as never;
      },
    }),
  };
}
