import { randomUUID } from 'node:crypto';
import { startTestSubgraph, type TestClaims, type TestSubgraphOptions } from '@supergraph/testkit';
import type { CommerceEnvironment } from '../src/environment.ts';
import type { CommerceEvents } from '../src/events.ts';
import { commerce } from '../src/subgraph.ts';

export type TestCommerce = Awaited<ReturnType<typeof startCommerce>>;

/** An error as a client sees it. */
export interface Refusal {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly fields?: readonly { readonly path: string; readonly message: string }[];
  };
}

/** Somebody who sells, for an organization of their own. */
export const seller = (scope = 'commerce:read commerce:write commerce:refund'): TestClaims & { org: string } => ({
  sub: randomUUID(),
  org: randomUUID(),
  scope,
});

/** Somebody who works for the platform and decides about shops. */
export const staff = (): TestClaims => ({ sub: randomUUID(), org: randomUUID(), scope: 'commerce:shops.decide' });

/** Commerce on a database of its own; events and jobs run when a test says so. */
export async function startCommerce(options: TestSubgraphOptions<CommerceEnvironment> = {}) {
  const subgraph = await startTestSubgraph(commerce, {
    ...options,
    environment: { COMMISSION_RATE: 1_000, ...options.environment },
  });
  const asked = (as: TestClaims | undefined, variables: object | undefined) => ({
    variables: variables as Record<string, unknown> | undefined,
    ...(as && { authorization: subgraph.tokens.authorization(as) }),
  });
  const query = async (document: string, as?: TestClaims, variables?: object) => {
    const { data, errors = [] } = await subgraph.client.query(document, asked(as, variables));
    return { data: (data ?? {}) as Record<string, any>, errors: errors as unknown as readonly Refusal[] };
  };
  return {
    ...subgraph,
    runtime: subgraph.running.runtime,
    query,
    /** The answer's data, or a failing test that shows the errors. */
    data: (document: string, as?: TestClaims, variables?: object): Promise<Record<string, any>> =>
      subgraph.client.queryData(document, asked(as, variables)),
    /** The codes an operation is refused with. */
    codes: async (document: string, as?: TestClaims, variables?: object) =>
      (await query(document, as, variables)).errors.map(({ extensions }) => extensions.code),
    entities: (type: string, ids: readonly string[], selection: string, as?: TestClaims) =>
      subgraph.client.entities(type, ids, selection, as && { authorization: subgraph.tokens.authorization(as) }),
    /** The payloads of all events of a name so far, the latest last. */
    eventsOf: async <Name extends keyof CommerceEvents>(name: Name): Promise<CommerceEvents[Name][]> =>
      subgraph.running.runtime.asSystem(async ({ em }) => {
        const rows = await em.execute<{ data: CommerceEvents[Name] }[]>(
          'select data from bus.event where name = ? order by seq',
          [name],
        );
        return rows.map(({ data }) => data);
      }),
  };
}
