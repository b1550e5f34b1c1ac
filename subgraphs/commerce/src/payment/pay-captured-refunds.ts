import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';
import { PAY_OWED_REFUND } from './owe-refund.ts';
import { OwedRefund, OwedRefundState } from './owed-refund.entity.ts';

type Decided = 'payment.captured' | 'payment.failed' | 'payment.cancelled';

/** It was decided whether the money is taken: what of it is owed back already is asked for now, or not at all. */
export async function payCapturedRefunds<Name extends Decided>(
  work: CommerceWork,
  { data }: EventEnvelope<Name, CommerceEvents[Name] & object>,
): Promise<void> {
  const { paymentId } = data as { paymentId: string };
  const waiting = await work.em.find(
    OwedRefund,
    { paymentId, state: OwedRefundState.OWED },
    { orderBy: { id: 'asc' } },
  );
  for (const { id } of waiting) work.schedule({ name: PAY_OWED_REFUND, data: { owedRefundId: id }, key: id });
}
