import type { Kernel } from '@supergraph/subgraph-kit';
import type { CommerceEnvironment } from '../environment.ts';
import type { CommerceEvents } from '../events.ts';
import type { CommerceServices } from '../services.ts';
import type { CommerceWork } from '../context.ts';
import {
  type PaymentProvider,
  type PaymentRequest,
  type PayoutRequest,
  type ProviderPayment,
  type ProviderPayout,
  type ProviderRefund,
  ProviderRefusal,
  ProviderUnavailable,
  type RefundRequest,
} from './payment.provider.ts';
import { change, givenBack, recall, referenceOf, remember, type TestObject } from './test-provider.objects.ts';
import { announce, paymentOf, payoutOf, refundOf } from './test-provider.events.ts';

export type AsSystem = Kernel<CommerceEnvironment, CommerceServices, CommerceEvents>['asSystem'];

/**
 * The built-in provider: no money, no network, and always the same. What it does is said by the token that pays:
 *
 * - `test_decline`: the bank says no. `test_action`: the buyer has to do something first.
 * - `test_async`, `test_async_decline`: decided later, by an event. `test_twice`: its event comes twice.
 * - `test_timeout`, `test_capture_lost`, `test_refund_lost`: it happens, and the answer is lost.
 * - `test_refund_fails`, `test_refund_async`: what becomes of refunds. Any other `test_…` is paid at once.
 *
 * Payouts arrive by an event, but to `test_account_closed` (refused), `test_account_bounces` (fails later) and
 * `test_account_lost` (the answer is lost).
 */
export class TestPaymentProvider implements PaymentProvider {
  readonly name = 'TEST';

  constructor(private readonly asSystem: AsSystem) {}

  smallestStep(): number {
    return 1;
  }

  async open({ paymentId, amount, currency, method }: PaymentRequest): Promise<ProviderPayment> {
    if (!method.startsWith('test_')) throw new ProviderRefusal('The test provider knows no such means of payment.');
    return this.asSystem(async (work) => {
      const payment = { kind: 'PAYMENT', subject_id: paymentId, parent: null, amount, currency, method } as const;
      const made = await remember(work, { ...payment, state: 'OPEN' });
      return paymentOf(made ?? (await this.known(work, referenceOf('PAYMENT', paymentId))));
    });
  }

  async authorize(reference: string): Promise<ProviderPayment> {
    const payment = await this.asSystem(async (work) => {
      const found = await this.known(work, reference);
      return found.state === 'OPEN' ? this.decide(work, found) : found;
    });
    if (payment.method === 'test_timeout') throw new ProviderUnavailable('The answer was lost.');
    return paymentOf(payment);
  }

  async capture(reference: string): Promise<ProviderPayment> {
    const payment = await this.asSystem(async (work) => {
      const found = await this.known(work, reference);
      if (found.state === 'CAPTURED') return found;
      if (found.state !== 'AUTHORIZED') throw new ProviderRefusal('Nothing is reserved.');
      return change(work, found, 'CAPTURED', found.amount);
    });
    if (payment.method === 'test_capture_lost') throw new ProviderUnavailable('The answer was lost.');
    return paymentOf(payment);
  }

  async cancel(reference: string): Promise<ProviderPayment> {
    return this.asSystem(async (work) => {
      const found = await this.known(work, reference);
      const isOver = ['CAPTURED', 'CANCELLED', 'DECLINED', 'FAILED'].includes(found.state);
      return paymentOf(isOver ? found : await change(work, found, 'CANCELLED'));
    });
  }

  async find(reference: string): Promise<ProviderPayment> {
    return this.asSystem(async (work) => paymentOf(await this.known(work, reference)));
  }

  /** What the buyer does on the provider's page. */
  async finishAction(reference: string, approved: boolean): Promise<void> {
    await this.asSystem(async (work) => {
      const found = await this.known(work, reference);
      if (found.state !== 'ACTION_REQUIRED') throw new ProviderRefusal('Nothing is to be done.');
      announce(work, paymentOf(await change(work, found, approved ? 'AUTHORIZED' : 'DECLINED')));
    });
  }

  async refund({ refundId, payment, amount, currency }: RefundRequest): Promise<ProviderRefund> {
    const { made, method } = await this.asSystem(async (work) => {
      const parent = await this.known(work, payment);
      const known = await recall(work, referenceOf('REFUND', refundId));
      if (known) return { made: known, method: parent.method };
      const isTooMuch = (await givenBack(work, payment)) + amount > parent.captured;
      if (isTooMuch || currency !== parent.currency) throw new ProviderRefusal('There is not that much left.');
      const state =
        { test_refund_fails: 'FAILED', test_refund_async: 'PENDING' }[parent.method] ?? ('SUCCEEDED' as string);
      const refund = { kind: 'REFUND', subject_id: refundId, parent: payment, amount, currency } as const;
      const made = (await remember(work, { ...refund, method: parent.method, state }))!;
      if (state === 'PENDING') announce(work, { ...refundOf(made), state: 'SUCCEEDED' });
      return { made, method: parent.method };
    });
    if (method === 'test_refund_lost') throw new ProviderUnavailable('The answer was lost.');
    return refundOf(made);
  }

  async findRefund({ refundId }: RefundRequest): Promise<ProviderRefund | undefined> {
    const found = await this.asSystem((work) => recall(work, referenceOf('REFUND', refundId)));
    return found && refundOf(found);
  }

  async pay({ payoutId, amount, currency, destination: method }: PayoutRequest): Promise<ProviderPayout> {
    if (method === 'test_account_closed') throw new ProviderRefusal('The account is closed.');
    const made = await this.asSystem(async (work) => {
      const payout = { kind: 'PAYOUT', subject_id: payoutId, parent: null, amount, currency, method } as const;
      const made = await remember(work, { ...payout, state: 'IN_TRANSIT' });
      if (!made) return this.known(work, referenceOf('PAYOUT', payoutId));
      const bounces = method === 'test_account_bounces';
      announce(work, { ...payoutOf(made), state: bounces ? 'FAILED' : 'SUCCEEDED' });
      return made;
    });
    if (method === 'test_account_lost') throw new ProviderUnavailable('The answer was lost.');
    return payoutOf(made);
  }

  async findPayout({ payoutId }: PayoutRequest): Promise<ProviderPayout | undefined> {
    const found = await this.asSystem((work) => recall(work, referenceOf('PAYOUT', payoutId)));
    return found && payoutOf(found);
  }

  private async known(work: CommerceWork, reference: string): Promise<TestObject> {
    const found = await recall(work, reference);
    if (!found) throw new ProviderRefusal('There is no such object.');
    return found;
  }

  private async decide(work: CommerceWork, payment: TestObject): Promise<TestObject> {
    switch (payment.method) {
      case 'test_decline':
        return change(work, payment, 'DECLINED');
      case 'test_action':
        return change(work, payment, 'ACTION_REQUIRED');
      case 'test_async':
        announce(work, { ...paymentOf(payment), state: 'AUTHORIZED' });
        return change(work, payment, 'PROCESSING');
      case 'test_async_decline':
        announce(work, { ...paymentOf(payment), state: 'DECLINED' });
        return change(work, payment, 'PROCESSING');
      case 'test_twice':
        announce(work, { ...paymentOf(payment), state: 'AUTHORIZED' }, 2);
        return change(work, payment, 'AUTHORIZED');
      default:
        return change(work, payment, 'AUTHORIZED');
    }
  }
}
