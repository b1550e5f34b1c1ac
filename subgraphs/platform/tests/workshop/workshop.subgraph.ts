import { fileURLToPath } from 'node:url';
import {
  defineSubgraph,
  type EventEnvelope,
  eventsOf,
  job,
  type SubgraphEnvironment,
  type Work,
} from '@supergraph/subgraph-kit';
import { Query, Resolver } from 'type-graphql';
import { Bill } from './bill.entity.ts';

/** Another subgraph, with a handler and a job that a test can break and mend. */

export interface WorkshopEvents {
  'order.placed': { readonly order: string };
}

type WorkshopWork = Work<object, WorkshopEvents>;

/** What goes wrong at the moment. */
export const faults: { handler?: Error | undefined; job?: Error | undefined } = {};

const bill = (work: WorkshopWork, subject: string) => void work.em.create(Bill, { id: work.newId(), subject });

async function writeBill(work: WorkshopWork, { data }: EventEnvelope<'order.placed', { readonly order: string }>) {
  if (faults.handler) throw faults.handler;
  bill(work, `bill for ${data.order}`);
}

async function countOrder(): Promise<void> {
  if (faults.handler) throw faults.handler;
}

async function sendReceipt(work: WorkshopWork, { order }: { readonly order: string }) {
  if (faults.job) throw faults.job;
  bill(work, `receipt for ${order}`);
}

@Resolver()
class WorkshopResolver {
  @Query(() => Bill, { nullable: true, description: 'Nothing; every schema has a query.' })
  bill(): null {
    return null;
  }
}

const { on } = eventsOf<WorkshopEvents>();

export const workshop = defineSubgraph<SubgraphEnvironment, object, WorkshopEvents, object, object>({
  name: 'workshop',
  entities: [Bill],
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  resolvers: [WorkshopResolver],
  references: {},
  events: { 'order.placed': 1 },
  loaders: () => ({}),
  useCases: {},
  services: () => ({}),
  handlers: { writeBill: on('order.placed', writeBill), countOrder: on('order.placed', countOrder) },
  jobs: { 'send-receipt': job(sendReceipt, { retryLimit: 0 }) },
});
