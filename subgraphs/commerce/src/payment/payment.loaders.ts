import {
  createPageLoader,
  loadMany,
  loadOne,
  type Page,
  type PageArguments,
  Session,
  withRowScope,
} from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import { PaymentShare } from './payment-share.entity.ts';
import { Payment } from './payment.entity.ts';
import { isPayer, mayReadBooks, maySeePart } from './payment.policy.ts';
import { RefundShare } from './refund-share.entity.ts';
import { Refund } from './refund.entity.ts';

/** Payments and refunds the caller may see at least a part of; what exists beside them and what does not look the same. */
export function createPaymentLoaders({ em, session }: CommerceReader) {
  const payments = loadOne(em, Payment);
  const refunds = loadOne(em, Refund);
  const shares = loadMany(em, PaymentShare, { by: 'paymentId', orderBy: { shopId: 'asc' } });
  const parts = loadMany(em, RefundShare, { by: 'refundId', orderBy: { shopId: 'asc' } });
  const pages = createPageLoader(em, Refund, {
    partitionBy: 'paymentId',
    list: () => ({ orderBy: { createdAt: 'asc' } }),
  });
  const sharesOfPayment = new DataLoader<string, PaymentShare[]>(async (ids) => {
    const found = await asBookkeeper(session, () => shares.loadMany([...ids]));
    return found.map((some) => (some instanceof Error ? [] : some.filter((one) => maySeePart(session, one))));
  });
  const partsOfRefund = new DataLoader<string, RefundShare[]>(async (ids) => {
    const found = await asBookkeeper(session, () => parts.loadMany([...ids]));
    return found.map((some) => (some instanceof Error ? [] : some.filter((one) => maySeePart(session, one))));
  });
  return {
    sharesOfPayment,
    partsOfRefund,
    paymentById: new DataLoader<string, Payment | null>(async (ids) => {
      const found = await asBookkeeper(session, () => payments.loadMany([...ids]));
      const concerned = await sharesOfPayment.loadMany([...ids]);
      return found.map((one, index) =>
        one instanceof Payment && isConcerned(session, one, concerned[index]!) ? one : null,
      );
    }),
    refundById: new DataLoader<string, Refund | null>(async (ids) => {
      const found = await asBookkeeper(session, () => refunds.loadMany([...ids]));
      const concerned = await partsOfRefund.loadMany([...ids]);
      return found.map((one, index) =>
        one instanceof Refund && isConcerned(session, one, concerned[index]!) ? one : null,
      );
    }),
    /** Of a payment that the caller may see. */
    refundsOfPayment: {
      load: (paymentId: string, args: PageArguments) => pageAsBookkeeper(session, () => pages.load(paymentId, args)),
    },
  };
}

function isConcerned(session: Session, of: { userId?: string | null }, parts: readonly object[] | Error): boolean {
  return isPayer(session, of) || mayReadBooks(session) || (Array.isArray(parts) && parts.length > 0);
}

/** Staff sees what the rows' own policy shows to payers and shops only. */
export function asBookkeeper<Result>(session: Session, read: () => Promise<Result>): Promise<Result> {
  return mayReadBooks(session) ? withRowScope(Session.system(), read) : read();
}

/** Likewise for a page, its count included. */
export function pageAsBookkeeper<Node>(session: Session, read: () => Promise<Page<Node>>): Promise<Page<Node>> {
  return mayReadBooks(session) ? pageAsSystem(read) : read();
}
