import { type AccessTokenClaims, ErrorCode } from '@supergraph/protocol';
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isNonNullType,
  responsePathAsArray,
} from 'graphql';
import type { FilteredOperation } from './operation.filter.ts';

type Answer = Record<string, unknown>;

/** Who is known may not; who is not known has to say first who they are. */
export function refusalCode(claims: AccessTokenClaims | undefined): ErrorCode {
  return claims ? ErrorCode.FORBIDDEN : ErrorCode.UNAUTHENTICATED;
}

export interface WithheldParts {
  readonly schema: GraphQLSchema;
  /** As the client sent it. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly filtered: FilteredOperation;
  /** What is refused: the names of fields, by the name of their object type. */
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>;
  readonly errorLimit: number;
}

/** What is found when an operation was run; errors as they came. */
export interface RunResult {
  readonly data?: Answer | null;
  readonly errors?: readonly GraphQLError[];
}

/**
 * An operation for a caller who may not see all of it: what is run instead, and how its result becomes the answer.
 *
 * The client's own operation is executed over the result of the filtered one. So nulls, the order of fields and the paths
 * of errors are those of the specification, and nothing that is refused gets through even if a back end sends it unasked.
 */
export class WithheldOperation {
  readonly filtered: FilteredOperation;
  readonly #parts: WithheldParts;

  constructor(parts: WithheldParts) {
    this.#parts = parts;
    this.filtered = parts.filtered;
  }

  /** What is refused, as `Type.field`. */
  get coordinates(): readonly string[] {
    return [...this.#parts.refused].flatMap(([type, fields]) => [...fields].map((field) => `${type}.${field}`));
  }

  /**
   * Completes the result of the filtered operation. When nothing was left to run, the result is an empty one.
   *
   * @param variables as the client sent them, found valid
   */
  complete(
    { data, errors = [] }: RunResult,
    variables: Readonly<Record<string, unknown>>,
    claims: AccessTokenClaims | undefined,
  ): RunResult {
    // Without data there is no place for anything: the operation failed, or a null went all the way up.
    if (!data) return { ...(data !== undefined && { data }), ...(errors.length > 0 && { errors }) };
    const refusing = new Refusing(claims, this.#parts.errorLimit);
    const { schema, document, operationName, refused, filtered } = this.#parts;
    const fieldResolver: GraphQLFieldResolver<Answer, unknown> = (source, _, __, info) =>
      refused.get(info.parentType.name)?.has(info.fieldName) ? refusing.refuse(info) : source[info.path.key];
    const typeResolver: GraphQLTypeResolver<Answer, unknown> = (source) => source[filtered.typeAlias] as string;
    // Nothing in it is a promise, so neither is the result.
    const completed = execute({
      ...{ schema, document, operationName, fieldResolver, typeResolver },
      rootValue: data,
      variableValues: variables,
    }) as ExecutionResult<Answer>;
    const all = [...errors, ...refusing.reported(completed.errors ?? [])];
    return { ...(completed.data !== undefined && { data: completed.data }), ...(all.length > 0 && { errors: all }) };
  }
}

/** Refuses the fields of one answer, with an error for each until there are too many. */
class Refusing {
  readonly #code: ErrorCode;
  readonly #message: string;
  readonly #limit: number;
  /** Already has a place, so graphql-js takes it as it is, time and again. */
  readonly #unreported = new GraphQLError('Refused', { path: [] });
  #count = 0;

  constructor(claims: AccessTokenClaims | undefined, limit: number) {
    this.#code = refusalCode(claims);
    this.#message = claims ? 'You may not see this.' : 'Sign in first.';
    this.#limit = limit;
  }

  /** Stands for the value of a field: null, or an error. */
  refuse({ fieldNodes, path, returnType }: GraphQLResolveInfo): null {
    if (++this.#count <= this.#limit) {
      // With its place, because for an error without one graphql-js makes another, and has its stack written out for it.
      const place = { nodes: fieldNodes, path: responsePathAsArray(path) };
      throw new GraphQLError(this.#message, { ...place, extensions: { code: this.#code } });
    }
    if (isNonNullType(returnType)) throw this.#unreported;
    return null;
  }

  reported(errors: readonly GraphQLError[]): readonly GraphQLError[] {
    const more = this.#count - this.#limit;
    if (more <= 0) return errors;
    const rest = new GraphQLError(`${this.#message} That goes for ${more} more fields.`, {
      extensions: { code: this.#code, more },
    });
    return [...errors.filter((error) => error !== this.#unreported), rest];
  }
}
