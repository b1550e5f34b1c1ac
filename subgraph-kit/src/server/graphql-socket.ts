import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, ErrorCode, SIGNATURE_HEADER, verifyCall } from '@supergraph/protocol';
import type { Tracer } from '@supergraph/telemetry';
import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { headerOf, pathOf } from './http-exchange.ts';
import { mapEvents } from './map-events.ts';
import { readOperation } from './read-operation.ts';
import type { CallDetails, RequestRunner } from './request-runner.ts';

export interface GraphqlSocketOptions<Services, Context extends object> {
  /** The only path that is a socket. */
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly requests: RequestRunner<Services, Context>;
  readonly tracer: Tracer;
  readonly mask: (error: GraphQLError, correlationId: string | undefined) => GraphQLFormattedError;
  /** How long the other side may take to agree that a socket is closed, before it is cut. 5 seconds unless told. */
  readonly closeTimeoutMs?: number;
}

/** Serves subscriptions to the gateway: one socket carries those of all its clients, each with its own token. */
export function graphqlSocket<Services, Context extends object>(
  server: Server,
  options: GraphqlSocketOptions<Services, Context>,
) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  const graphql = useServer(
    {
      onSubscribe: (_context, _id, payload) => readOperation(options.schema, payload),
      execute: (args) => executeOnce(options, args as ExecutionArgs),
      subscribe: (args) => subscribeFresh(options, args as ExecutionArgs),
      onError: (_context, _id, payload, errors) =>
        errors.map((error) => options.mask(error, callOf(payload).correlationId)),
      onNext: (_context, _id, payload, _args, result) =>
        result.errors && {
          ...result,
          errors: result.errors.map((error) => options.mask(error as GraphQLError, callOf(payload).correlationId)),
        },
      context: (_context, _id, payload) => callOf(payload) as never,
    },
    sockets,
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (pathOf(request) !== options.path) return refuse(socket, 404, ErrorCode.NOT_FOUND, 'There is nothing here.');
    const verdict = verifyCall(
      options.signingSecret,
      { method: 'GET', body: '' },
      headerOf(request, SIGNATURE_HEADER),
      options.clock.now().getTime(),
    );
    if (verdict !== 'valid') {
      return refuse(socket, 401, ErrorCode.UNAUTHENTICATED, 'Only the gateway may call this service.');
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  return {
    /** Tells everybody 1001, going away. */
    close: async (): Promise<void> => {
      const deadline = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, options.closeTimeoutMs ?? 5_000);
      await graphql.dispose();
      clearTimeout(deadline);
    },
  };
}

function refuse(socket: Duplex, status: number, code: ErrorCode, message: string): void {
  // Node hands the bare connection over: a caller that hangs up now would otherwise take the process with it.
  socket.on('error', () => socket.destroy());
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** What the gateway says about the client, operation by operation. */
function callOf(payload: { extensions?: Record<string, unknown> | null }): CallDetails {
  const text = (name: string): string | undefined => {
    const value = payload.extensions?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    authorization: text('authorization'),
    correlationId: text('correlationId'),
    traceparent: text('traceparent'),
    clientAddress: text('clientAddress'),
    userAgent: text('userAgent'),
    acceptLanguage: text('acceptLanguage'),
  };
}

/**
 * Like graphql-js's `subscribe`, but each event is executed with a context of its own: with the subscription's, the
 * loaders of the first event would answer all later ones.
 */
async function subscribeFresh<Services, Context extends object>(
  { requests, tracer }: GraphqlSocketOptions<Services, Context>,
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  return orErrors(async () => {
    // The token is verified once, here; that a subscription ends when it expires is the gateway's to enforce.
    const scope = await requests.identify(args.contextValue as CallDetails);
    const source = await requests.run(scope, async (context) =>
      createSourceEventStream({ ...args, contextValue: context }),
    );
    if (!(Symbol.asyncIterator in source)) return source;
    return mapEvents(
      requests.scoped(scope, source as AsyncIterable<unknown>),
      (event) =>
        traceEvent(tracer, scope.traceparent, () =>
          requests.run(scope, async (context) => execute({ ...args, rootValue: event, contextValue: context })),
        ),
      failure,
    );
  });
}

/** Each event is a step of the trace that the subscription began with. */
async function traceEvent<Result>(
  tracer: Tracer,
  traceparent: string | undefined,
  run: () => Promise<Result>,
): Promise<Result> {
  if (traceparent === undefined) return run();
  const span = tracer.start('event', 'producer', traceparent);
  try {
    return await tracer.within(span, run);
  } finally {
    span.end();
  }
}

async function executeOnce<Services, Context extends object>(
  { requests }: GraphqlSocketOptions<Services, Context>,
  args: ExecutionArgs,
): Promise<ExecutionResult> {
  return orErrors(async () => {
    const scope = await requests.identify(args.contextValue as CallDetails);
    return requests.run(scope, async (context) => execute({ ...args, contextValue: context }));
  });
}

/** What is thrown would close the socket, and with it the subscriptions of everybody else on it. */
async function orErrors<Result>(run: () => Promise<Result>): Promise<Result | ExecutionResult> {
  try {
    return await run();
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): ExecutionResult {
  const known = error instanceof GraphQLError;
  return { errors: [known ? error : new GraphQLError('Something went wrong.', { originalError: error as Error })] };
}
