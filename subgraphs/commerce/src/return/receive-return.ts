import { badUserInput, conflict, idempotent, notFound, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { returnStock } from '../inventory/return-stock.ts';
import { advanceOrder } from '../order/advance-order.ts';
import { paidFor } from '../order/paid-for-units.ts';
import { oweRefund } from '../payment/owe-refund.ts';
import { mayMoveMoney } from '../payment/payment.policy.ts';
import { publishReturn } from './publish-return.ts';
import { ReturnRequest } from './return-request.entity.ts';
import type { ReceiveReturnInput } from './return.inputs.ts';
import { findOwnReturn, letGoOfUnits, type ReturnLine, takeReturn, type TakenReturn } from './take-return.ts';

/**
 * A shop notes what came back of a return: what can be sold is on the shelf again, and what was paid for all of it is owed to
 * the buyer, but for what the shop keeps. What did not come back can be sent back another time.
 *
 * @throws `CONFLICT` for more than was to come back or was paid, `ILLEGAL_TRANSITION` unless it was approved,
 *   `IDEMPOTENCY_CONFLICT`
 */
export async function receiveReturn(work: CommerceWork, input: ReceiveReturnInput): Promise<ReturnRequest> {
  permit(work.session, mayMoveMoney(work.session));
  const own = await findOwnReturn(work, input.returnId);
  const { idempotencyKey: key, ...rest } = input;
  return asSystem(work, async () => {
    const id = await idempotent(work, { operation: 'receiveReturn', key, input: rest }, () =>
      receive(work, own, input),
    );
    return work.em.findOneOrFail(ReturnRequest, { id });
  });
}

async function receive(work: CommerceWork, own: ReturnRequest, input: ReceiveReturnInput): Promise<string> {
  const back = await takeReturn(work, own);
  const { taken, part, request, lines } = back;
  const received = noteWhatCame(lines, input);
  const paid = received.reduce((sum, { item, quantity }) => sum + paidFor(item, quantity), 0);
  const kept = keptOf(back, paid, input);
  request.receive({ refund: paid - kept, kept, reason: input.reason?.trim() ?? null }, work.now());
  letGoOfUnits(lines);
  for (const { item, quantity } of received) item.returned += quantity;
  await oweRefund(work, {
    ...{ order: taken.order, part, causeId: request.id, amount: paid - kept },
    reason: input.reason?.trim() ?? 'It was sent back.',
  });
  advanceOrder(work, taken, [part], input.reason?.trim());
  await publishReturn(work, 'return.received', taken, request, received);
  const good = received.filter(({ line }) => line.restocked > 0);
  if (good.length > 0) {
    const shelved = good.map(({ item: { variantId }, line }) => ({ variantId, quantity: line.restocked }));
    await returnStock(work, { cause: `return ${request.id}`, lines: shelved });
  }
  return request.id;
}

function noteWhatCame(lines: readonly ReturnLine[], { items }: ReceiveReturnInput): ReturnLine[] {
  const byItem = new Map(lines.map((one) => [one.item.id, one]));
  const came = items.map(({ orderItemId, restocked, damaged }) => {
    const line = byItem.get(orderItemId.toLowerCase());
    if (!line) throw notFound('OrderItem');
    const quantity = restocked + damaged;
    if (quantity > line.quantity)
      throw conflict(`No more than ${line.quantity} of ${line.item.title} were to come back.`);
    return { ...line, quantity, restocked, damaged };
  });
  if (new Set(came.map(({ item }) => item)).size < came.length) {
    throw badUserInput([{ path: 'input.items', message: 'Name each item once.' }]);
  }
  for (const { line, restocked, damaged } of came) Object.assign(line, { restocked, damaged });
  const some = came.filter(({ quantity }) => quantity > 0);
  if (some.length === 0) throw badUserInput([{ path: 'input.items', message: 'Say what came back.' }]);
  return some;
}

function keptOf({ request }: TakenReturn, paid: number, { keep, reason }: ReceiveReturnInput): number {
  if (!keep) return 0;
  const problems = [];
  if (keep.currency !== request.currency) {
    problems.push({ path: 'input.keep', message: `It was paid in ${request.currency}.` });
  }
  if (keep.amount < 0) problems.push({ path: 'input.keep', message: 'An amount is not below zero.' });
  if (keep.amount > 0 && !reason)
    problems.push({ path: 'input.reason', message: 'Say why you keep some of the money.' });
  if (problems.length > 0) throw badUserInput(problems);
  if (keep.amount > paid) throw conflict(`Only ${paid} minor units were paid for what came back.`);
  return keep.amount;
}
