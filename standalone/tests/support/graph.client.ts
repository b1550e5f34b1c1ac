import type { GraphQLFormattedError } from 'graphql';

export interface GraphResult {
  // A test knows the shape of what it asked for.
  readonly data?: any;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly status: number;
}

/** The code of an answer's first error. */
export function codeOf({ errors }: GraphResult): unknown {
  return errors?.[0]?.extensions?.code;
}

/** A client of the whole graph, as a web page would be. */
export class GraphClient {
  /** Sent with every operation until changed. */
  authorization: string | undefined;

  constructor(readonly url: string) {}

  async query(document: string, variables?: Record<string, unknown>): Promise<GraphResult> {
    const response = await fetch(this.url, {
      method: 'POST',
      body: JSON.stringify({ query: document, variables }),
      headers: { 'content-type': 'application/json', ...(this.authorization && { authorization: this.authorization }) },
    });
    return { ...((await response.json()) as object), status: response.status };
  }

  /** The answer's data, or a failing test that shows the errors. */
  async queryData(document: string, variables?: Record<string, unknown>): Promise<any> {
    const { data, errors } = await this.query(document, variables);
    if (errors?.length) throw new Error(`The operation failed: ${JSON.stringify(errors, null, 2)}`);
    return data;
  }
}
