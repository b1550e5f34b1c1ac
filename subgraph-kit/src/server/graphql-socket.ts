import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, CloseCode, SIGNATURE_HEADER, verifyCall } from '@supergraph/protocol';
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
import { headerOf } from './http-exchange.ts';
import type { CallDetails, RequestRunner } from './request-runner.ts';

export interface GraphqlSocketOptions<Services, Context extends object> {
  readonly schema: GraphQLSchema;
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly requests: RequestRunner<Services, Context>;
  readonly mask: (error: GraphQLError, correlationId: string | undefined) => GraphQLFormattedError;
}

/** Serves subscriptions to the gateway: one socket carries those of all its clients, each with its own token. */
export function graphqlSocket<Services, Context extends object>(
  server: Server,
  options: GraphqlSocketOptions<Services, Context>,
) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  const graphql = useServer(
    {
      schema: options.schema,
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
    const verdict = verifyCall(
      options.signingSecret,
      { method: 'GET', body: '' },
      headerOf(request, SIGNATURE_HEADER),
      options.clock.now().getTime(),
    );
    if (verdict !== 'valid') return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  return {
    close: async (): Promise<void> => {
      for (const client of sockets.clients) client.close(CloseCode.GoingAway, 'Going away');
      await graphql.dispose();
    },
  };
}

function refuse(socket: Duplex): void {
  const body = JSON.stringify({
    errors: [{ message: 'Only the gateway may call this service.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
  socket.end(
    `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
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
  { requests }: GraphqlSocketOptions<Services, Context>,
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  return orErrors(async () => {
    // The token is verified once, here; that a subscription ends when it expires is the gateway's to enforce.
    const scope = await requests.identify(args.contextValue as CallDetails);
    const source = await requests.run(scope, async (context) =>
      createSourceEventStream({ ...args, contextValue: context }),
    );
    if (!(Symbol.asyncIterator in source)) return source;
    return mapEvents(source as AsyncIterable<unknown>, (event) =>
      requests.run(scope, async (context) => execute({ ...args, rootValue: event, contextValue: context })),
    );
  });
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
    return { errors: [asGraphqlError(error)] };
  }
}

function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError('Something went wrong.', { originalError: error as Error });
}

/** Not a generator: its `return` would wait for an event that may never come, and keep the source open until then. */
function mapEvents<Event>(
  source: AsyncIterable<Event>,
  map: (event: Event) => Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const events = source[Symbol.asyncIterator]();
  let failed = false;
  return {
    async next() {
      if (failed) return { done: true, value: undefined };
      try {
        const event = await events.next();
        return event.done ? { done: true, value: undefined } : { done: false, value: await map(event.value) };
      } catch (error) {
        failed = true;
        return { done: false, value: { errors: [asGraphqlError(error)] } };
      }
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
