import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { AuthorizedSubscription } from '../authorization/authorized-subscription.ts';
import type { LiveGraph, LoadedGraph } from '../graph/live-graph.ts';
import type { RequestContext } from '../request-context.ts';
import type { UpstreamSockets } from '../upstream/upstream-sockets.ts';
import type { EventQueue } from './event.queue.ts';
import { OperationFailure } from './operation-failure.ts';

/** An event, and the program it was published for. */
export interface QueuedEvent {
  readonly result: FormattedExecutionResult;
  readonly program: AuthorizedSubscription;
}

export interface SubscriptionRun {
  readonly graph: LiveGraph;
  readonly upstreams: UpstreamSockets;
  readonly queue: EventQueue<QueuedEvent>;
  readonly variables: Readonly<Record<string, unknown>>;
  /**
   * Plans as much of the subscription as its caller may see now; throws `OperationFailure` when the graph does not take
   * it, or the caller may see nothing.
   */
  compile(graph: LoadedGraph): AuthorizedSubscription;
  /** Calls the listener whenever the caller's token was replaced, and their rights with it. Returns how to stop. */
  onRefresh(listener: () => void): () => void;
  /** Asked for every event, so that each gets loaders and a token of its own time. */
  context(): RequestContext;
  /** What the publisher is told about the caller. */
  extensions(): Readonly<Record<string, unknown>>;
  /** What the client is shown of a result. */
  format(result: ExecutionResult, context: RequestContext): FormattedExecutionResult;
  /** The queue is full: the client does not read what it asked for. */
  overflowed(): void;
  /** Ends the subscription. Whoever aborts takes no more results. */
  readonly signal: AbortSignal;
}

/**
 * Runs a subscription: yields each event, joined, in the order of publication, until either side has enough. Throws
 * `OperationFailure`, with errors as they came, when it is refused or the publisher fails.
 *
 * When the graph is swapped the subscription is planned again and moves to the new graph, because the old one may name
 * subgraphs and addresses that are gone. The publisher only notices if it is asked something else than before; a
 * subscription that the new graph does not take ends with the reason. The same goes for a caller whose rights change.
 */
export async function* runSubscription(run: SubscriptionRun): AsyncGenerator<FormattedExecutionResult, void, void> {
  const { queue, signal } = run;
  if (signal.aborted) return;
  let failure: unknown;
  let program = run.compile(run.graph.current);
  let unsubscribe = subscribe(run, () => program, fail);
  const stopListening = run.graph.onChange(moveTo);
  const stopRefreshing = run.onRefresh(() => moveTo(run.graph.current));
  // Not left to `finally`: a generator whose result is being sent to a client that does not read gets there late.
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (let event = await queue.take(); event; event = await queue.take()) {
      const context = run.context();
      const result = await event.program.complete(event.result, run.variables, context);
      // From here on it is the socket's, which counts what waits for its reader.
      context.held?.close();
      if (signal.aborted) return;
      yield run.format(result, context);
    }
    if (failure) throw failure;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }

  function stop(): void {
    stopListening();
    stopRefreshing();
    unsubscribe();
    queue.abandon();
  }

  function fail(reason: unknown): void {
    failure = reason;
    queue.end();
  }

  function moveTo(graph: LoadedGraph): void {
    const previous = program;
    try {
      program = run.compile(graph);
    } catch (error) {
      unsubscribe();
      return fail(error);
    }
    if (program.asksTheSameAs(previous)) return;
    unsubscribe();
    unsubscribe = subscribe(run, () => program, fail);
  }
}

function subscribe(
  run: SubscriptionRun,
  program: () => AuthorizedSubscription,
  fail: (reason: unknown) => void,
): () => void {
  const { publisher } = program();
  const operation = { ...program().request(run.variables), extensions: () => run.extensions() };
  const failed = (errors: readonly GraphQLFormattedError[]) =>
    fail(new OperationFailure(errors.map((error) => reportedBy(publisher.name, error))));
  return run.upstreams.to(publisher).subscribe(operation, {
    next(result, bytes) {
      // An answer without data is no event but a refusal, which some servers send as if it were one.
      if (result.data === undefined) return failed(result.errors ?? []);
      if (run.queue.push({ result, program: program() }, bytes)) return;
      run.queue.abandon();
      run.overflowed();
    },
    error: failed,
    complete: () => run.queue.end(),
  });
}

/** Marks an error as a subgraph's own. Its locations are dropped: they point into a document the client never saw. */
function reportedBy(subgraph: string, { message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(path && { path }), extensions: { ...extensions, serviceName: subgraph } };
}
