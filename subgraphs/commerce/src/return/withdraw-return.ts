import { notFound, parseId } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { findOrder } from '../order/find-order.ts';
import { announceOrder } from '../order/order.live.ts';
import { ReturnRequest } from './return-request.entity.ts';
import type { WithdrawReturnInput } from './return.inputs.ts';
import { letGoOfUnits, takeReturn } from './take-return.ts';

/** A buyer, or a guest with the token, keeps something after all. @throws `ILLEGAL_TRANSITION` once it was received */
export async function withdrawReturn(work: CommerceWork, input: WithdrawReturnInput): Promise<ReturnRequest> {
  const id = parseId('Return', input.returnId);
  const found = await asSystem(work, () => work.em.findOne(ReturnRequest, { id }));
  if (!found || !(await findOrder(work, { id: found.orderId, token: input.token }))) throw notFound('Return');
  return asSystem(work, async () => {
    const { taken, part, request, lines } = await takeReturn(work, found);
    request.withdraw(work.now());
    letGoOfUnits(lines);
    announceOrder(work, taken.order, [part]);
    return request;
  });
}
