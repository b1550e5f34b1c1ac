import { registerEnumType } from 'type-graphql';

/** What a notification is about. */
export enum NotificationType {
  WELCOME = 'WELCOME',
  EMAIL_VERIFICATION = 'EMAIL_VERIFICATION',
  REGISTRATION_REPEATED = 'REGISTRATION_REPEATED',
  PASSWORD_RESET = 'PASSWORD_RESET',
  PASSWORD_CHANGED = 'PASSWORD_CHANGED',
  NEW_SIGN_IN = 'NEW_SIGN_IN',
  INVITATION = 'INVITATION',
  ACTIVITY_REMINDER = 'ACTIVITY_REMINDER',
  DEAL_STAGE_CHANGE = 'DEAL_STAGE_CHANGE',
  WEEKLY_SUMMARY = 'WEEKLY_SUMMARY',
  NEW_LEAD = 'NEW_LEAD',
  ORDER_UPDATE = 'ORDER_UPDATE',
  LOW_STOCK = 'LOW_STOCK',
  OFFER_RECEIVED = 'OFFER_RECEIVED',
  LISTING_REVIEWED = 'LISTING_REVIEWED',
  ANNOUNCEMENT = 'ANNOUNCEMENT',
  ORDER_PLACED = 'ORDER_PLACED',
  ORDER_CANCELLED = 'ORDER_CANCELLED',
  ORDER_GIVEN_UP = 'ORDER_GIVEN_UP',
  ORDER_REFUNDED = 'ORDER_REFUNDED',
  PARCEL_SENT = 'PARCEL_SENT',
  PARCEL_DELIVERED = 'PARCEL_DELIVERED',
  RETURN_APPROVED = 'RETURN_APPROVED',
  RETURN_DECLINED = 'RETURN_DECLINED',
  RETURN_RECEIVED = 'RETURN_RECEIVED',
  SHOP_ORDER_PLACED = 'SHOP_ORDER_PLACED',
  SHOP_ORDER_CANCELLED = 'SHOP_ORDER_CANCELLED',
  RETURN_REQUESTED = 'RETURN_REQUESTED',
  SHOP_APPROVED = 'SHOP_APPROVED',
  SHOP_REJECTED = 'SHOP_REJECTED',
  SHOP_SUSPENDED = 'SHOP_SUSPENDED',
  SHOP_REINSTATED = 'SHOP_REINSTATED',
  REVIEW_ADDED = 'REVIEW_ADDED',
}

/** Of buying and selling. */
export type CommerceType =
  | NotificationType.ORDER_PLACED
  | NotificationType.ORDER_CANCELLED
  | NotificationType.ORDER_GIVEN_UP
  | NotificationType.ORDER_REFUNDED
  | NotificationType.PARCEL_SENT
  | NotificationType.PARCEL_DELIVERED
  | NotificationType.RETURN_APPROVED
  | NotificationType.RETURN_DECLINED
  | NotificationType.RETURN_RECEIVED
  | NotificationType.SHOP_ORDER_PLACED
  | NotificationType.SHOP_ORDER_CANCELLED
  | NotificationType.RETURN_REQUESTED
  | NotificationType.SHOP_APPROVED
  | NotificationType.SHOP_REJECTED
  | NotificationType.SHOP_SUSPENDED
  | NotificationType.SHOP_REINSTATED
  | NotificationType.REVIEW_ADDED;

registerEnumType(NotificationType, {
  name: 'NotificationType',
  description: 'What a notification is about.',
  valuesConfig: {
    WELCOME: { description: 'Somebody has just registered.' },
    EMAIL_VERIFICATION: { description: 'An e-mail address waits to be confirmed.' },
    REGISTRATION_REPEATED: { description: 'Somebody tried to register with the address of an account that exists.' },
    PASSWORD_RESET: { description: 'A new password was asked for.' },
    PASSWORD_CHANGED: { description: 'The password was changed.' },
    NEW_SIGN_IN: { description: 'Somebody signed in with a kind of device that was not used before.' },
    INVITATION: { description: 'An invitation to an organization.' },
    ACTIVITY_REMINDER: { description: 'An activity is due.' },
    DEAL_STAGE_CHANGE: { description: 'A deal went to another stage.' },
    WEEKLY_SUMMARY: { description: 'What was not read in the last day or week.' },
    NEW_LEAD: { description: 'A new lead came in.' },
    ORDER_UPDATE: { description: 'An order went to another state.' },
    LOW_STOCK: { description: 'Little is left of a product.' },
    OFFER_RECEIVED: { description: 'Somebody made an offer.' },
    LISTING_REVIEWED: { description: 'A listing was approved or rejected.' },
    ANNOUNCEMENT: { description: 'A message to many.' },
    ORDER_PLACED: { description: 'Something was bought, and its buyer is told.' },
    ORDER_CANCELLED: { description: 'An order, or a part of it, was cancelled, and its buyer is told.' },
    ORDER_GIVEN_UP: { description: 'What somebody wanted to buy was not paid, so nothing was bought.' },
    ORDER_REFUNDED: { description: 'Money goes back to a buyer.' },
    PARCEL_SENT: { description: 'A shop has sent something that was bought.' },
    PARCEL_DELIVERED: { description: 'Something that was bought has arrived.' },
    RETURN_APPROVED: { description: 'A buyer may send something back.' },
    RETURN_DECLINED: { description: 'A buyer may not send something back.' },
    RETURN_RECEIVED: { description: 'What a buyer sent back has arrived at its shop.' },
    SHOP_ORDER_PLACED: { description: 'Somebody bought something of a shop, and its people are told.' },
    SHOP_ORDER_CANCELLED: { description: 'A shop need not send something any more.' },
    RETURN_REQUESTED: { description: 'A buyer wants to send something back to a shop.' },
    SHOP_APPROVED: { description: 'A shop may sell.' },
    SHOP_REJECTED: { description: 'A shop was not let in.' },
    SHOP_SUSPENDED: { description: 'A shop may not sell for the time being.' },
    SHOP_REINSTATED: { description: 'A shop may sell again.' },
    REVIEW_ADDED: { description: 'A buyer wrote a review of a product.' },
  },
});
