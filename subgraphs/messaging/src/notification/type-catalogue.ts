import { Channel } from './channel.ts';
import { NotificationType } from './notification-type.ts';
import { dateTime, integer, list, money, optional, text, type VariableSchema } from '../template/variable.schema.ts';

/** What holds for every notification of a type. */
export interface TypeRules {
  /** What a sender has to supply and a template may show. */
  readonly variables: VariableSchema;
  readonly channels: readonly Channel[];
  /** Off unless the person turns them on. */
  readonly optIn: readonly Channel[];
  /** About the safety of the account: its e-mail cannot be turned off and does not wait for quiet hours to end. */
  readonly security: boolean;
  /** Made only by the product itself, so that nobody can imitate it. */
  readonly reserved: boolean;
  /** Its e-mail is written with a one-time token, as the variable `link`. */
  readonly withToken: boolean;
}

const ALL_CHANNELS = [Channel.IN_APP, Channel.EMAIL, Channel.WEB_PUSH] as const;

function business(variables: VariableSchema, optIn: readonly Channel[] = []): TypeRules {
  return { variables, channels: ALL_CHANNELS, optIn, security: false, reserved: false, withToken: false };
}

function reserved(variables: VariableSchema, rules: Partial<TypeRules> = {}): TypeRules {
  return { ...business(variables), reserved: true, ...rules };
}

const MAIL_ONLY = [Channel.EMAIL] as const;

const ORDER = { orderNumber: text(), items: list({ title: text(), quantity: integer() }) };

const PARCEL = {
  ...ORDER,
  shopName: text(),
  carrier: optional(text()),
  trackingNumber: optional(text()),
  /** Of the web, or absent. */
  trackingUrl: optional(text()),
};

export const TYPE_RULES: Readonly<Record<NotificationType, TypeRules>> = {
  [NotificationType.WELCOME]: reserved({}),
  [NotificationType.EMAIL_VERIFICATION]: reserved(
    { expiresAt: dateTime() },
    { channels: MAIL_ONLY, security: true, withToken: true },
  ),
  [NotificationType.REGISTRATION_REPEATED]: reserved({}, { channels: MAIL_ONLY, security: true }),
  [NotificationType.PASSWORD_RESET]: reserved(
    { expiresAt: dateTime() },
    { channels: MAIL_ONLY, security: true, withToken: true },
  ),
  [NotificationType.PASSWORD_CHANGED]: reserved({ changedAt: dateTime() }, { security: true }),
  [NotificationType.NEW_SIGN_IN]: reserved(
    { device: text(), address: optional(text()), startedAt: dateTime() },
    { security: true },
  ),
  [NotificationType.INVITATION]: reserved(
    { organizationName: text(), inviterName: text(), role: text(), expiresAt: dateTime() },
    { withToken: true },
  ),
  [NotificationType.ACTIVITY_REMINDER]: business({ subject: text(), dueAt: dateTime(), kind: optional(text()) }),
  [NotificationType.DEAL_STAGE_CHANGE]: business({
    dealName: text(),
    fromStage: text(),
    toStage: text(),
    changedBy: optional(text()),
    value: optional(money()),
  }),
  [NotificationType.WEEKLY_SUMMARY]: reserved(
    { since: dateTime(), unreadCount: integer(), items: list({ title: text(), createdAt: dateTime() }) },
    { channels: MAIL_ONLY },
  ),
  [NotificationType.NEW_LEAD]: business({ leadName: text(), source: optional(text()), company: optional(text()) }),
  [NotificationType.ORDER_UPDATE]: business({ orderNumber: text(), status: text(), total: optional(money()) }),
  [NotificationType.LOW_STOCK]: business({ productName: text(), sku: optional(text()), remaining: integer() }),
  [NotificationType.OFFER_RECEIVED]: business({ from: text(), amount: money(), expiresAt: optional(dateTime()) }),
  [NotificationType.LISTING_REVIEWED]: business({ listingTitle: text(), outcome: text(), reason: optional(text()) }),
  [NotificationType.ANNOUNCEMENT]: reserved({ title: text(), body: text() }, { optIn: [Channel.EMAIL] }),
  [NotificationType.ORDER_PLACED]: reserved({ ...ORDER, total: money() }),
  [NotificationType.ORDER_CANCELLED]: reserved({ ...ORDER, reason: optional(text()), refund: optional(money()) }),
  [NotificationType.ORDER_GIVEN_UP]: reserved({ orderNumber: text(), reason: text() }),
  [NotificationType.ORDER_REFUNDED]: reserved({ orderNumber: optional(text()), amount: money() }),
  [NotificationType.PARCEL_SENT]: reserved(PARCEL),
  [NotificationType.PARCEL_DELIVERED]: reserved(PARCEL),
  [NotificationType.RETURN_APPROVED]: reserved({ ...ORDER, shopName: text() }),
  [NotificationType.RETURN_DECLINED]: reserved({ ...ORDER, shopName: text(), reason: optional(text()) }),
  [NotificationType.RETURN_RECEIVED]: reserved({ ...ORDER, shopName: text(), refund: optional(money()) }),
  [NotificationType.SHOP_ORDER_PLACED]: reserved({ ...ORDER, total: money() }),
  [NotificationType.SHOP_ORDER_CANCELLED]: reserved({ ...ORDER, reason: optional(text()) }),
  [NotificationType.RETURN_REQUESTED]: reserved({ ...ORDER, reason: optional(text()) }),
  [NotificationType.SHOP_APPROVED]: reserved({ shopName: text() }),
  [NotificationType.SHOP_REJECTED]: reserved({ shopName: text(), reason: text() }),
  [NotificationType.SHOP_SUSPENDED]: reserved({ shopName: text(), reason: text() }),
  [NotificationType.SHOP_REINSTATED]: reserved({ shopName: text() }),
  [NotificationType.REVIEW_ADDED]: reserved({ productName: text(), rating: integer() }),
};

/** Variables that every template can show besides those of its type; supplied here, never by a sender. */
export const AMBIENT_VARIABLES: VariableSchema = {
  recipientName: text(),
  /** Where the message leads; with a one-time token where the type has one. */
  link: optional(text()),
  appUrl: text(),
};
