import type { CommerceEvents } from '@supergraph/commerce/events';
import type { IdentityEvents } from '@supergraph/identity/events';
import { type EventHandlers, eventsOf } from '@supergraph/subgraph-kit';
import { alertNewSignIn } from './account/alert-new-sign-in.ts';
import { alertPasswordChange } from './account/alert-password-change.ts';
import { deliverInvitation } from './account/deliver-invitation.ts';
import { endSubscriptions } from './account/end-subscriptions.ts';
import { mailEmailVerification } from './account/mail-email-verification.ts';
import { mailPasswordReset } from './account/mail-password-reset.ts';
import { mailRepeatedRegistration } from './account/mail-repeated-registration.ts';
import type { HeardOfCommerce } from './commerce.events.ts';
import type { MessagingEvents } from './events.ts';
import { tellBuyerOfCancelledOrder, tellShopsOfCancelledOrder } from './order/tell-of-cancelled-order.ts';
import { tellOfGivenUpOrder } from './order/tell-of-given-up-order.ts';
import { tellBuyerOfPlacedOrder, tellShopsOfPlacedOrder } from './order/tell-of-placed-order.ts';
import { tellOfRefund } from './order/tell-of-refund.ts';
import { tellOfDeliveredParcel, tellOfSentParcel } from './parcel/tell-of-parcel.ts';
import { activateRecipient } from './recipient/activate-recipient.ts';
import { changeRecipientProfile } from './recipient/change-recipient-profile.ts';
import { eraseRecipient } from './recipient/erase-recipient.ts';
import {
  addFounderToOrganization,
  addRecipientToOrganization,
  removeRecipientFromOrganization,
} from './recipient/follow-membership.ts';
import { registerRecipient } from './recipient/register-recipient.ts';
import { suspendRecipient } from './recipient/suspend-recipient.ts';
import {
  tellOfApprovedReturn,
  tellOfDeclinedReturn,
  tellOfReceivedReturn,
  tellShopOfReturn,
} from './return/tell-of-return.ts';
import { tellOfReview } from './review/tell-of-review.ts';
import type { MessagingServices } from './services.ts';
import { tellOfShopDecision } from './shop/tell-of-shop-decision.ts';
import { alertLowStock } from './stock/alert-low-stock.ts';

const stock = eventsOf<Pick<CommerceEvents, 'inventory.low'>>();
const commerce = eventsOf<HeardOfCommerce>();
const identity = eventsOf<IdentityEvents>();

/** What messaging does when something happens elsewhere. The names are stable: the bus remembers what each has handled. */
export const handlers: EventHandlers<MessagingServices, MessagingEvents> = {
  registerRecipient: identity.on('user.registered', registerRecipient),
  changeRecipientProfile: identity.on('user.profile_changed', changeRecipientProfile),
  suspendRecipient: identity.on('user.suspended', suspendRecipient),
  activateRecipient: identity.on('user.activated', activateRecipient),
  eraseRecipient: identity.on('user.deleted', eraseRecipient),
  addFounderToOrganization: identity.on('organization.created', addFounderToOrganization),
  addRecipientToOrganization: identity.on('member.added', addRecipientToOrganization),
  changeRecipientRole: identity.on('member.role_changed', addRecipientToOrganization),
  removeRecipientFromOrganization: identity.on('member.removed', removeRecipientFromOrganization),
  mailEmailVerification: identity.on('email_verification.requested', mailEmailVerification),
  mailPasswordReset: identity.on('password_reset.requested', mailPasswordReset),
  mailRepeatedRegistration: identity.on('user.registration_repeated', mailRepeatedRegistration),
  deliverInvitation: identity.on('invitation.sent', deliverInvitation),
  alertNewSignIn: identity.on('session.started', alertNewSignIn),
  alertPasswordChange: identity.on('password.changed', alertPasswordChange),
  alertLowStock: stock.on('inventory.low', alertLowStock),
  tellBuyerOfPlacedOrder: commerce.on('order.placed', tellBuyerOfPlacedOrder),
  tellShopsOfPlacedOrder: commerce.on('order.placed', tellShopsOfPlacedOrder),
  tellBuyerOfCancelledOrder: commerce.on('order.cancelled', tellBuyerOfCancelledOrder),
  tellShopsOfCancelledOrder: commerce.on('order.cancelled', tellShopsOfCancelledOrder),
  tellOfGivenUpOrder: commerce.on('order.given_up', tellOfGivenUpOrder),
  tellOfRefund: commerce.on('payment.refunded', tellOfRefund),
  tellOfSentParcel: commerce.on('order.fulfilled', tellOfSentParcel),
  tellOfDeliveredParcel: commerce.on('order.delivered', tellOfDeliveredParcel),
  tellShopOfReturn: commerce.on('return.requested', tellShopOfReturn),
  tellOfApprovedReturn: commerce.on('return.approved', tellOfApprovedReturn),
  tellOfDeclinedReturn: commerce.on('return.declined', tellOfDeclinedReturn),
  tellOfReceivedReturn: commerce.on('return.received', tellOfReceivedReturn),
  tellOfApprovedShop: commerce.on('shop.approved', tellOfShopDecision),
  tellOfRejectedShop: commerce.on('shop.rejected', tellOfShopDecision),
  tellOfSuspendedShop: commerce.on('shop.suspended', tellOfShopDecision),
  tellOfReinstatedShop: commerce.on('shop.reinstated', tellOfShopDecision),
  tellOfReview: commerce.on('review.added', tellOfReview),
  endSubscriptions: identity.on('session.revoked', endSubscriptions('session.revoked')),
  endSubscriptionsOfApiKey: identity.on('api_key.revoked', endSubscriptions('api_key.revoked')),
  endSubscriptionsOfSuspended: identity.on('user.suspended', endSubscriptions('user.suspended')),
  endSubscriptionsOfDeleted: identity.on('user.deleted', endSubscriptions('user.deleted')),
  endSubscriptionsOfMember: identity.on('member.removed', endSubscriptions('member.removed')),
  endSubscriptionsInOrganization: identity.on('organization.deleted', endSubscriptions('organization.deleted')),
};
