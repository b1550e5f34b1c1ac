import { CORRELATION_HEADER, SIGNATURE_HEADER, signCall } from '@supergraph/protocol';
import type { GraphQLFormattedError } from 'graphql';

export interface GraphqlResult<Result = Record<string, never>> {
  readonly data?: Result | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export interface QueryOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The value of the `Authorization` header. */
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls a subgraph as the gateway does: over HTTP, signed. */
export class SubgraphClient {
  constructor(
    readonly url: string,
    private readonly secret: string,
    private readonly now: () => number,
  ) {}

  async query<Result = Record<string, any>>(
    document: string,
    options: QueryOptions = {},
  ): Promise<GraphqlResult<Result>> {
    const body = JSON.stringify({ query: document, variables: options.variables });
    const { authorization } = options;
    const response = await fetch(this.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        [CORRELATION_HEADER]: 'test-correlation',
        [SIGNATURE_HEADER]: signCall(this.secret, { method: 'POST', body, authorization }, this.now()),
        ...(authorization && { authorization }),
        ...options.headers,
      },
    });
    return (await response.json()) as GraphqlResult<Result>;
  }

  /** The answer's data, or a failing test that shows the errors. */
  async queryData<Result = Record<string, any>>(document: string, options: QueryOptions = {}): Promise<Result> {
    const { data, errors } = await this.query<Result>(document, options);
    if (errors?.length || !data) throw new Error(`The operation failed: ${JSON.stringify(errors, null, 2)}`);
    return data;
  }

  /** Resolves references the way the gateway does when another subgraph's answer points here. */
  async entities<Entity = Record<string, any>>(
    typename: string,
    ids: readonly string[],
    selection: string,
    options: QueryOptions = {},
  ): Promise<(Entity | null)[]> {
    const document = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { ${selection} } } }`;
    const representations = ids.map((id) => ({ __typename: typename, id }));
    const data = await this.queryData<{ _entities: (Entity | null)[] }>(document, {
      ...options,
      variables: { representations },
    });
    return data._entities;
  }
}
