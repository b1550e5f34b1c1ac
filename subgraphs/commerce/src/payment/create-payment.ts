import { badUserInput, conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { Shop } from '../shop/shop.entity.ts';
import { PaymentShare } from './payment-share.entity.ts';
import { PaymentState } from './payment-state.ts';
import { Payment } from './payment.entity.ts';

/** What of a payment is for a shop, commission and tax within. */
export interface Allocation {
  readonly shopId: string;
  readonly amount: number;
  readonly commission: number;
  readonly tax: number;
}

export interface NewPayment {
  readonly orderId: string;
  /** Null for a guest. */
  readonly userId: string | null;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  /** One for each shop; together they are the amount. */
  readonly allocations: readonly Allocation[];
  /** The provider's token of a card or the like. */
  readonly method: string;
}

const GIVEN_UP = [PaymentState.DECLINED, PaymentState.CANCELLED, PaymentState.FAILED];

const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtextextended('payment of ' || ?, 0))`;

/**
 * Begins the payment of an order. An order has one payment at a time: asked for again, it is that one, and another only
 * after that came to nothing. Moves no money; may be called within a transaction, if that is the system's.
 *
 * @throws `CONFLICT` when the order is being paid in another way or amount
 */
export async function createPayment(work: CommerceWork, input: NewPayment): Promise<Payment> {
  const provider = work.services.paymentProviders.current;
  check(input, provider.smallestStep(input.currency));
  const { orderId, userId, amount, currency, method } = input;
  return asSystem(work, async () => {
    await work.em.execute(ONE_AT_A_TIME, [orderId]);
    const open = await work.em.findOne(Payment, { orderId, state: { $nin: GIVEN_UP } }, { refresh: true });
    if (open) return same(work, open, input);
    const now = work.now();
    const payment = work.em.create(Payment, {
      ...{ id: work.newId(), orderId, userId, amount, currency, method },
      provider: provider.name,
      state: PaymentState.CREATED,
      createdAt: now,
      updatedAt: now,
    });
    const shops = await work.em.find(Shop, { id: { $in: input.allocations.map(({ shopId }) => shopId) } });
    const owners = new Map(shops.map((shop) => [shop.id, shop.organizationId]));
    await work.em.flush();
    for (const { shopId, ...part } of input.allocations) {
      const organizationId = owners.get(shopId);
      if (!organizationId) throw badUserInput([{ path: 'allocations.shopId', message: 'There is no such shop.' }]);
      work.em.create(PaymentShare, {
        ...{ id: work.newId(), paymentId: payment.id, shopId, organizationId, userId, currency },
        ...{ amount: part.amount, commission: part.commission, tax: part.tax },
      });
    }
    await work.em.flush();
    return payment;
  });
}

function check({ amount, currency, method, allocations }: NewPayment, step: number): void {
  const problems = [];
  if (method.length < 1 || method.length > 255) {
    problems.push({ path: 'method', message: 'A means of payment has 1 to 255 characters.' });
  }
  const whole = [amount, ...allocations.flatMap((one) => [one.amount, one.commission, one.tax])];
  if (!whole.every((part) => Number.isSafeInteger(part) && part >= 0) || amount === 0) {
    problems.push({ path: 'amount', message: 'Amounts are whole minor units above zero.' });
  }
  if (amount % step !== 0) {
    problems.push({ path: 'amount', message: `An amount of ${currency} has to be a multiple of ${step} minor units.` });
  }
  if (allocations.reduce((sum, one) => sum + one.amount, 0) !== amount) {
    problems.push({ path: 'allocations', message: 'The parts of the shops do not add up to the amount.' });
  }
  if (allocations.some((one) => one.amount === 0 || one.commission + one.tax > one.amount)) {
    problems.push({ path: 'allocations', message: 'A part is more than nothing, and no less than what is within.' });
  }
  if (new Set(allocations.map(({ shopId }) => shopId)).size !== allocations.length) {
    problems.push({ path: 'allocations', message: 'A shop has one part.' });
  }
  if (problems.length > 0) throw badUserInput(problems);
}

async function same(work: CommerceWork, payment: Payment, input: NewPayment): Promise<Payment> {
  const shares = await work.em.find(PaymentShare, { paymentId: payment.id }, { refresh: true });
  const asText = (parts: readonly Allocation[]) =>
    parts.map(({ shopId, amount, commission, tax }) => [shopId, amount, commission, tax].join()).sort();
  const isSame =
    payment.amount === input.amount &&
    payment.currency === input.currency &&
    payment.method === input.method &&
    (payment.userId ?? null) === input.userId &&
    asText(shares).join(';') === asText(input.allocations).join(';');
  if (!isSame) throw conflict('This order is being paid already, in another way.');
  return payment;
}
