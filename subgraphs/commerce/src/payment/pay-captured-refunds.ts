import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';
import { PAY_OWED_REFUND } from './owe-refund.ts';
import { OwedRefund, OwedRefundState } from './owed-refund.entity.ts';

type Captured = EventEnvelope<'payment.captured', CommerceEvents['payment.captured']>;

/** The money is taken: what of it is owed back already is asked for now. Where it never is, the minute's look finds out. */
export async function payCapturedRefunds(work: CommerceWork, { data: { paymentId } }: Captured): Promise<void> {
  const waiting = await work.em.find(
    OwedRefund,
    { paymentId, state: OwedRefundState.OWED },
    { orderBy: { id: 'asc' } },
  );
  for (const { id } of waiting) work.schedule({ name: PAY_OWED_REFUND, data: { owedRefundId: id }, key: id });
}
