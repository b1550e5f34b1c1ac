import { ErrorCode } from '@supergraph/protocol';
import { getVariableValues } from 'graphql';
import { AccessRules } from '../authorization/access.rules.ts';
import type { Engine, Operation, OperationResult } from '../execution/engine.ts';
import { selectOperation } from '../execution/operation-document.ts';
import { ProgramCache } from '../execution/program.cache.ts';
import type { LiveGraph, LoadedGraph } from '../graph/live-graph.ts';
import { AnswerHead } from '../http/answer.head.ts';
import type { RequestContext } from '../request-context.ts';
import type { AnswerCache, PublicAnswer, PublicData } from './answer.cache.ts';
import type { AnswerMetrics } from './answer.metrics.ts';
import { NOT_PUBLIC, PublicAge } from './public-age.ts';

export interface CachedEngineParts {
  readonly engine: Engine;
  readonly graph: LiveGraph;
  readonly cache: AnswerCache;
  readonly metrics: AnswerMetrics;
  /** Client headers that subgraphs get and that may change what they answer. */
  readonly forwardedHeaders: readonly string[];
}

/** What a subgraph says that takes a stranger's question for one that only somebody may ask. */
const NOT_FOR_STRANGERS: ReadonlySet<unknown> = new Set([ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN]);

/**
 * Answers queries of nothing but public fields from memory. It stands behind everything that an operation has to pass.
 *
 * What is kept was asked for as a stranger would have, without a token or a session: should a field be called public that
 * is not, nobody gets more to see than everybody could have seen anyway.
 */
export class CachedEngine implements Engine {
  readonly #parts: CachedEngineParts;
  readonly #publicAges = new WeakMap<LoadedGraph, PublicAge>();
  readonly #ages = new ProgramCache<number>();

  constructor(parts: CachedEngineParts) {
    this.#parts = parts;
  }

  execute(request: Operation): Promise<OperationResult> {
    const graph = this.#parts.graph.current;
    const name = `${request.queryHash} ${request.operationName ?? ''}`;
    const maxAge = this.#ages.get(graph, name, () => this.#publicAge(graph, request), request.source.length);
    if (maxAge === NOT_PUBLIC) return this.#parts.engine.execute(request);
    const definitions = request.operation.variableDefinitions ?? [];
    const { coerced } = getVariableValues(graph.apiSchema, definitions, request.request.variables ?? {});
    // What is wrong with them is for the engine to say.
    if (!coerced) return this.#parts.engine.execute(request);
    return this.#answer(this.#key(graph, name, coerced, contextOf(request)), maxAge, request);
  }

  async #answer(key: string, maxAge: number, request: Operation): Promise<OperationResult> {
    const { cache, metrics, engine } = this.#parts;
    const kept = cache.get(key);
    const awaited = kept ? undefined : cache.awaited(key);
    const answer = kept ?? (awaited && (await awaited));
    if (answer) {
      metrics.answered(kept ? 'hit' : 'shared');
      return served(answer, request);
    }
    metrics.answered('miss');
    // Whoever waited in vain reads on their own: what went wrong for one shall not go wrong for all.
    return awaited ? engine.execute(request) : this.#read(key, maxAge, request);
  }

  async #read(key: string, maxAge: number, request: Operation): Promise<OperationResult> {
    const { cache, engine } = this.#parts;
    const context = strangerFor(contextOf(request));
    const reading = engine.execute({ ...request, context: context as unknown as Operation['context'] });
    const publicData = reading.then(
      (result) => publicDataOf(result, context),
      () => undefined,
    );
    const answer = await cache.lead(key, maxAge, publicData);
    if (answer) return served(answer, request);
    const result = await reading;
    if (result.errors?.some(({ extensions }) => NOT_FOR_STRANGERS.has(extensions?.code)))
      return engine.execute(request);
    contextOf(request).head?.setCookies(context.head?.cookies ?? [], false);
    return result;
  }

  #publicAge(graph: LoadedGraph, { document, operationName }: Operation): number {
    let publicAge = this.#publicAges.get(graph);
    if (!publicAge) {
      const { annotatedSchema } = graph;
      publicAge = new PublicAge(annotatedSchema, new AccessRules(annotatedSchema));
      this.#publicAges.set(graph, publicAge);
    }
    return publicAge.of(selectOperation(document, operationName ?? undefined));
  }

  /** All that can change the answer. */
  #key(graph: LoadedGraph, name: string, variables: object, { acceptLanguage, headers }: RequestContext): string {
    const forwarded = this.#parts.forwardedHeaders.map((header) => headers[header]);
    return JSON.stringify([graph.revision, name, variables, acceptLanguage, ...forwarded]);
  }
}

function contextOf(request: Operation): RequestContext {
  return request.context as unknown as RequestContext;
}

/** The same request, asked by nobody in particular, who does not leave and does not care for what others have waited for. */
function strangerFor(context: RequestContext): RequestContext {
  const stranger = {
    ...{ authorization: undefined, claims: undefined, userAgent: undefined, signal: undefined },
    ...{ unresponsive: new Set<string>(), head: new AnswerHead() },
  };
  return Object.assign(Object.create(Object.getPrototypeOf(context)), context, stranger);
}

/** Only what went well, down to the last field, and came without a cookie. */
function publicDataOf({ data, errors, extensions }: OperationResult, { head }: RequestContext): PublicData | undefined {
  const isWhole = data && !errors?.length && !extensions && !head?.isPersonal;
  return isWhole ? (data as PublicData) : undefined;
}

function served({ data, maxAge, age }: PublicAnswer, request: Operation): OperationResult {
  const { head } = contextOf(request);
  if (head) head.freshness = { maxAge, age };
  return { data };
}
