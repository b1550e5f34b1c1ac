import { job, type JobHandlers } from '@supergraph/subgraph-kit';
import { noticeAbandonedCarts } from './cart/notice-abandoned-carts.ts';
import { expireOrders } from './checkout/expire-orders.ts';
import type { CommerceEvents } from './events.ts';
import { expireReservations } from './inventory/expire-reservations.ts';
import { RUN_PRODUCT_IMPORT, runProductImport } from './import/run-product-import.ts';
import { capturePayment } from './payment/capture-payment.ts';
import { PAY_OWED_REFUND } from './payment/owe-refund.ts';
import { payOwedRefund } from './payment/pay-owed-refund.ts';
import { purgeProviderEvents } from './payment/purge-provider-events.ts';
import { settlePayments } from './payment/settle-payments.ts';
import { DELIVER_TEST_EVENT, deliverTestEvent } from './payment/test-provider.events.ts';
import { SEND_PAYOUT, sendPayout } from './payout/send-payout.ts';
import { forgetExpired } from './retention/forget-expired.ts';
import type { CommerceServices } from './services.ts';

/** What commerce does outside of requests. */
export const jobs: JobHandlers<CommerceServices, CommerceEvents> = {
  'notice-abandoned-carts': job(noticeAbandonedCarts, {
    timeout: 600,
    concurrency: 1,
    schedule: { cron: '20 * * * *' },
  }),
  'expire-reservations': job(expireReservations, { concurrency: 1, schedule: { cron: '* * * * *' } }),
  'expire-orders': job(expireOrders, { timeout: 600, concurrency: 1, schedule: { cron: '* * * * *' } }),
  'capture-payment': job(capturePayment, { retryLimit: 5, concurrency: 4 }),
  [PAY_OWED_REFUND]: job(payOwedRefund, { retryLimit: 5, concurrency: 4 }),
  'forget-expired': job(forgetExpired, { timeout: 600, concurrency: 1, schedule: { cron: '50 3 * * *' } }),
  [RUN_PRODUCT_IMPORT]: job(runProductImport, { retryLimit: 20 }),
  [DELIVER_TEST_EVENT]: job(deliverTestEvent),
  [SEND_PAYOUT]: job(sendPayout),
  'purge-provider-events': job(purgeProviderEvents, { timeout: 600, concurrency: 1, schedule: { cron: '50 3 * * *' } }),
  'settle-payments': job(settlePayments, { timeout: 600, concurrency: 1, schedule: { cron: '* * * * *' } }),
};
