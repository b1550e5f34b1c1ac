import type { IdentityEvents } from '@supergraph/identity/events';
import { type EventHandlers, eventsOf } from '@supergraph/subgraph-kit';
import { cancelUnpaidOrder } from './cancellation/cancel-unpaid-order.ts';
import { followPayment } from './checkout/follow-payment.ts';
import type { CommerceEvents } from './events.ts';
import { countCancelled, countSold } from './product/count-sold.ts';
import { forgetReviewer } from './review/forget-reviewer.ts';
import { payCapturedRefunds } from './payment/pay-captured-refunds.ts';
import type { CommerceServices } from './services.ts';

const identity = eventsOf<IdentityEvents>();
const own = eventsOf<CommerceEvents>();

/** What commerce does when something happens here or elsewhere. The names are stable: the bus remembers what each has handled. */
export const handlers: EventHandlers<CommerceServices, CommerceEvents> = {
  followAuthorizedPayment: own.on('payment.authorized', followPayment),
  followFailedPayment: own.on('payment.failed', followPayment),
  followCancelledPayment: own.on('payment.cancelled', followPayment),
  cancelFailedOrder: own.on('payment.failed', cancelUnpaidOrder),
  cancelUnpaidOrder: own.on('payment.cancelled', cancelUnpaidOrder),
  countSold: own.on('order.placed', countSold),
  countCancelled: own.on('order.cancelled', countCancelled),
  forgetReviewer: identity.on('user.deleted', forgetReviewer),
  payCapturedRefunds: own.on('payment.captured', payCapturedRefunds),
};
