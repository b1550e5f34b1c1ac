import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { announceOrder } from '../order/order.live.ts';
import { publishReturn } from './publish-return.ts';
import type { ReturnRequest } from './return-request.entity.ts';
import type { ApproveReturnInput, DeclineReturnInput } from './return.inputs.ts';
import { findOwnReturn, letGoOfUnits, takeReturn } from './take-return.ts';

/** A shop agrees to a return: the buyer is to send it. @throws `ILLEGAL_TRANSITION` */
export async function approveReturn(work: CommerceWork, { returnId }: ApproveReturnInput): Promise<ReturnRequest> {
  const own = await findOwnReturn(work, returnId);
  return asSystem(work, async () => {
    const { taken, part, request, lines } = await takeReturn(work, own);
    request.approve(work.now());
    announceOrder(work, taken.order, [part]);
    await publishReturn(work, 'return.approved', taken, request, lines);
    return request;
  });
}

/** A shop does not agree to a return. @throws `ILLEGAL_TRANSITION` once it has decided */
export async function declineReturn(work: CommerceWork, input: DeclineReturnInput): Promise<ReturnRequest> {
  const own = await findOwnReturn(work, input.returnId);
  return asSystem(work, async () => {
    const { taken, part, request, lines } = await takeReturn(work, own);
    request.decline(input.reason.trim(), work.now());
    letGoOfUnits(lines);
    announceOrder(work, taken.order, [part]);
    await publishReturn(work, 'return.declined', taken, request, lines);
    return request;
  });
}
