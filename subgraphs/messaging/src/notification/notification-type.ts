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
}

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
  },
});
