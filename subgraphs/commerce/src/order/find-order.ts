import { hashToken, isIdentifier, Session, withRowScope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { OrderArguments } from './order.inputs.ts';
import { Order } from './order.entity.ts';
import { maySeeOrder } from './order.policy.ts';

/** An order of the caller's, or null: theirs, or a guest's whose token they have. */
export async function findOrder(work: CommerceWork, { id, token }: OrderArguments): Promise<Order | null> {
  if (!isIdentifier(id)) return null;
  const own = await work.em.findOne(Order, { id });
  if (own) return maySeeOrder(work.session, own) ? own : null;
  if (!token) return null;
  return withRowScope(Session.system(), () => work.em.findOne(Order, { id, tokenHash: hashToken(token) }));
}
