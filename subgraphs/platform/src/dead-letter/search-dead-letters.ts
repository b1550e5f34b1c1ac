import type { FilterQuery } from '@mikro-orm/postgresql';
import { findPage, isIdentifier, type Page, type PageOrder, permit } from '@supergraph/subgraph-kit';
import type { PlatformWork } from '../context.ts';
import { DeadLetter } from './dead-letter.entity.ts';
import { type DeadLetterArguments, type DeadLetterFilter, DeadLetterSort } from './dead-letter.inputs.ts';
import { mayReadDeadLetters } from './dead-letter.policy.ts';

type Order = PageOrder<DeadLetter>;

/** In one direction each, as the indexes have them. */
const ORDERS: Readonly<Record<DeadLetterSort, Order>> = {
  [DeadLetterSort.FAILED_AT_ASC]: { failedAt: 'asc' },
  [DeadLetterSort.FAILED_AT_DESC]: { failedAt: 'desc' },
  [DeadLetterSort.CONSUMER_ASC]: { consumer: 'asc', failedAt: 'asc' },
  [DeadLetterSort.CONSUMER_DESC]: { consumer: 'desc', failedAt: 'desc' },
};

/** No row has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Dead letters of every subgraph and every organization, for operators. */
export async function searchDeadLetters(
  work: PlatformWork,
  { state, filter, sort, ...args }: DeadLetterArguments,
): Promise<Page<DeadLetter>> {
  permit(work.session, mayReadDeadLetters(work.session));
  const where = { state, ...conditionOf(filter) };
  return findPage(work.em, DeadLetter, { where, orderBy: orderOf(sort), args });
}

/** Where two sorts name one column, the first counts. */
function orderOf(sort: readonly DeadLetterSort[] | null | undefined): Order {
  const sorts = sort?.length ? sort : [DeadLetterSort.FAILED_AT_DESC];
  const columns = sorts.flatMap((one) => Object.entries(ORDERS[one]));
  return Object.fromEntries(
    columns.filter(([name], index) => columns.findIndex(([other]) => other === name) === index),
  );
}

export function conditionOf(filter: DeadLetterFilter | null | undefined) {
  const { subgraph, kind, consumer, failedAfter, failedBefore, organizationId } = filter ?? {};
  return {
    ...(subgraph && { subgraph }),
    ...(kind && { kind }),
    ...(consumer && { consumer }),
    ...((failedAfter || failedBefore) && {
      failedAt: { ...(failedAfter && { $gte: failedAfter }), ...(failedBefore && { $lt: failedBefore }) },
    }),
    ...(organizationId && { organizationId: isIdentifier(organizationId) ? organizationId : NOBODY }),
  } satisfies FilterQuery<DeadLetter>;
}
