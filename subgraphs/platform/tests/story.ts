import { randomUUID } from 'node:crypto';
import { createSubgraphDatabase, startTestSubgraph, type TestClaims } from '@supergraph/testkit';
import { platform } from '../src/subgraph.ts';
import { faults, workshop } from './workshop/workshop.subgraph.ts';

/** An error as a client sees it. */
export interface Refusal {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly extensions: { readonly code: string };
}

export const READ = 'platform:dead_letters.read';
export const WRITE = 'platform:dead_letters.write';
export const PAYLOAD = 'platform:dead_letters.payload';

/** Somebody who works for the platform, with these permissions. */
export const operator = (...permissions: string[]): TestClaims => ({
  sub: randomUUID(),
  org: randomUUID(),
  scope: permissions.join(' '),
});

export type TestPlatform = Awaited<ReturnType<typeof startPlatform>>;

/** Platform and, on the same database, a workshop where things go wrong. */
export async function startPlatform() {
  const database = await createSubgraphDatabase([platform, workshop]);
  const subgraph = await startTestSubgraph(platform, { database });
  const shop = await startTestSubgraph(workshop, { database });
  const asked = (as: TestClaims | undefined, variables: object | undefined) => ({
    variables: variables as Record<string, unknown> | undefined,
    ...(as && { authorization: subgraph.tokens.authorization(as) }),
  });
  const sql = <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    shop.running.runtime.asSystem(({ em }) => em.execute<Row[]>(text, [...values] as never[]));

  /** Lets every delivery fail for the last time at its next failure. */
  const exhaustDeliveries = () =>
    sql(`update bus.delivery set attempts = 7, available_at = now() where status = 'pending' returning 1`);

  return {
    sql: subgraph.sql,
    clock: subgraph.clock,
    database,
    subgraph,
    /** Runs a statement as the workshop. */
    inWorkshop: sql,
    query: async (document: string, as?: TestClaims, variables?: object) => {
      const { data, errors = [] } = await subgraph.client.query(document, asked(as, variables));
      return { data: data ?? {}, errors: errors as readonly Refusal[] };
    },
    data: (document: string, as?: TestClaims, variables?: object): Promise<Record<string, any>> =>
      subgraph.client.queryData(document, asked(as, variables)),
    entities: (ids: readonly string[], selection: string, as: TestClaims) =>
      subgraph.client.entities('DeadLetter', ids, selection, {
        authorization: subgraph.tokens.authorization(as),
      }),
    /** Orders whose bills cannot be written. Both handlers of the event fail for the last time. */
    failToBill: async (
      orders: readonly string[],
      organizationId?: string,
      error = new Error('The printer is out of paper.'),
    ) => {
      await shop.running.runtime.asSystem(async (work) => {
        for (const order of orders) work.publish('order.placed', { order });
      }, organizationId);
      faults.handler = error;
      await exhaustDeliveries();
      await shop.drainEvents();
      faults.handler = undefined;
    },
    /** Receipts that cannot be sent. */
    failToSend: async (orders: readonly string[], organizationId?: string, error = new Error('No such address.')) => {
      await shop.running.runtime.asSystem(async (work) => {
        for (const order of orders) work.schedule({ name: 'send-receipt', data: { order } });
      }, organizationId);
      faults.job = error;
      await shop.runJobs();
      faults.job = undefined;
    },
    /** Handles what is due, and runs what is due. */
    work: async () => {
      await exhaustDeliveries();
      await shop.drainEvents();
      await shop.runJobs();
    },
    /** What the workshop got done, sorted. */
    done: async (): Promise<string[]> =>
      (await sql<{ subject: string }>('select subject from bill order by subject')).map(({ subject }) => subject),
    stop: async () => {
      await shop.stop();
      await subgraph.stop();
      await database.drop();
    },
  };
}
