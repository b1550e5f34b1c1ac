import { ErrorCode } from '@supergraph/protocol';
import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql';
import type { Authorization } from '../authorization/authorization.ts';
import { AuthorizedSubscription } from '../authorization/authorized-subscription.ts';
import { type CacheWatch, ProgramCache } from '../execution/program.cache.ts';
import type { LoadedGraph } from '../graph/live-graph.ts';
import { MAX_VALIDATION_ERRORS } from '../limits/document.limits.ts';
import type { RequestContext } from '../request-context.ts';
import { OperationFailure } from './operation-failure.ts';
import { SubscriptionProgram } from './subscription.program.ts';

export interface SubscriptionRequest {
  /** The text that `document` was parsed from. */
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

const CACHE_LIMITS = { maxPrograms: 500 };

/** Validates subscriptions and plans as much of them as their callers may see. Keeps what it has found out. */
export class SubscriptionCompiler {
  readonly #authorization: Authorization;
  readonly #rules: readonly ValidationRule[];
  readonly #valid = new ProgramCache<true>(CACHE_LIMITS);
  readonly #programs: ProgramCache<SubscriptionProgram>;

  /**
   * @param extraRules limits on documents beyond what the schema says
   * @param planWatch told how the cache of plans does
   */
  constructor(authorization: Authorization, extraRules: readonly ValidationRule[] = [], planWatch?: CacheWatch) {
    this.#authorization = authorization;
    this.#programs = new ProgramCache(CACHE_LIMITS, planWatch);
    this.#rules = [...specifiedRules, ...extraRules];
  }

  /**
   * Throws `OperationFailure` with what is wrong with the document or its variables, or when the caller may not see
   * anything of it.
   */
  compile(graph: LoadedGraph, request: SubscriptionRequest, context: RequestContext): AuthorizedSubscription {
    const { query, document, operationName } = request;
    this.#valid.get(graph, JSON.stringify([operationName, query]), () => {
      refuseAny(this.#faults(graph, document), ErrorCode.GRAPHQL_VALIDATION_FAILED);
      return true;
    });
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    const { errors = [] } = getVariableValues(graph.apiSchema, definitions, request.variables, {
      maxErrors: MAX_VALIDATION_ERRORS,
    });
    refuseAny(errors, ErrorCode.BAD_USER_INPUT);
    return this.#authorized(graph, request, context);
  }

  /** `within` is the key of an earlier decision, beyond whose rights this one does not go. */
  #authorized(
    graph: LoadedGraph,
    request: SubscriptionRequest,
    context: RequestContext,
    within?: string,
  ): AuthorizedSubscription {
    const { query, document, operationName } = request;
    const asked = { document, operationName, documentKey: query, characters: query.length };
    const decision = this.#authorization.decide(graph, asked, context.claims, within);
    const { withheld, key } = decision;
    if (withheld?.filtered.isEmpty) {
      this.#authorization.record(withheld, operationName, context);
      const { errors = [] } = withheld.complete({ data: {} }, request.variables, context.claims);
      throw new OperationFailure(errors.map((error) => error.toJSON()));
    }
    const name = JSON.stringify([key, operationName, query]);
    const program = this.#programs.get(
      graph,
      name,
      () => new SubscriptionProgram(graph, withheld?.filtered.document ?? document, operationName),
    );
    return new AuthorizedSubscription(decision, program, (now, key) => this.#authorized(graph, request, now, key));
  }

  #faults({ apiSchema }: LoadedGraph, document: DocumentNode): readonly GraphQLError[] {
    try {
      return validate(apiSchema, document, this.#rules, { maxErrors: MAX_VALIDATION_ERRORS });
    } catch (error) {
      // graphql-js throws where it should report, when a variable decides on the root field of a subscription.
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }
}

function refuseAny(errors: readonly GraphQLError[], code: ErrorCode): void {
  if (errors.length === 0) return;
  throw new OperationFailure(
    errors.map((error) => {
      const { message, locations, extensions } = error.toJSON();
      return { message, ...(locations && { locations }), extensions: { code, ...extensions } };
    }),
  );
}
