import type { Tenants } from '../tenants.ts';
import type { Sighting } from './everything-of.ts';
import type { Rights } from './rules.ts';

type Known = Exclude<Rights, undefined>;

/** Whose a thing is: everybody's, a person's alone, or that of an organization, of which a scope may be needed to see it. */
interface Secrecy {
  readonly of: 'everybody' | 'person' | 'organization' | 'platform';
  /** Needed in the organization it is of. */
  readonly scope?: string;
  /** Whoever has it sees all there are. */
  readonly staffScope?: string;
}

/** The first tenant's things, by type: all that has an id. Nobody else may see any field of them. */
const THINGS: Readonly<Record<string, Secrecy>> = {
  AuthSession: { of: 'person', staffScope: 'identity:users.read' },
  PlanSubscription: { of: 'person', staffScope: 'identity:users.read' },
  Notification: { of: 'person' },
  NotificationDelivery: { of: 'person', staffScope: 'platform:operate' },
  PushSubscription: { of: 'person' },
  Organization: { of: 'organization', staffScope: 'identity:users.read' },
  Membership: { of: 'organization', staffScope: 'identity:users.read' },
  Invitation: { of: 'organization', scope: 'identity:members.write' },
  ApiKey: { of: 'organization', scope: 'identity:api_keys.write' },
  NotificationTemplate: { of: 'organization', scope: 'messaging:templates.write' },
  Broadcast: { of: 'organization', scope: 'messaging:broadcast' },
  Payment: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:books.read' },
  Payout: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:books.read' },
  Refund: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:books.read' },
  Shop: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:shops.decide' },
  Category: { of: 'everybody' },
  Product: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:shops.decide' },
  ProductVariant: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:shops.decide' },
  ShopVerification: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:shops.decide' },
  ProductImport: { of: 'organization', scope: 'commerce:read' },
  Promotion: { of: 'organization', scope: 'commerce:read' },
  Order: { of: 'person' },
  Fulfillment: { of: 'organization', scope: 'commerce:read' },
  Return: { of: 'organization', scope: 'commerce:read' },
  ShopOrder: { of: 'organization', scope: 'commerce:read' },
  OrderItem: { of: 'organization', scope: 'commerce:read' },
  Review: { of: 'organization', scope: 'commerce:read', staffScope: 'commerce:shops.decide' },
  Cart: { of: 'person' },
  CartItem: { of: 'person' },
  StockLevel: { of: 'organization', scope: 'commerce:read' },
  StockMovement: { of: 'organization', scope: 'commerce:read' },
  StockReservation: { of: 'organization', scope: 'commerce:read' },
  Impersonation: { of: 'platform', staffScope: 'platform:audit.read' },
  EmailMessage: { of: 'platform', staffScope: 'messaging:mailbox.read' },
  DeadLetter: { of: 'platform', staffScope: 'platform:dead_letters.read' },
  OrganizationDeadLetter: { of: 'platform', staffScope: 'platform:dead_letters.read' },
  DiscardedDeadLetter: { of: 'platform', staffScope: 'platform:dead_letters.read' },
};

/** What no one thing that the first tenant does brings about: commerce tests who is told. */
export const SELDOM_TOLD: ReadonlySet<string> = new Set(['orderChanged', 'shopOrderChanged']);

/** What is told live to all of an organization who have this scope. Everything else is told to one person. */
const TOLD_TO_ORGANIZATION: Readonly<Record<string, string>> = {
  lowStockAlerts: 'commerce:read',
  stockChanged: 'commerce:read',
};

/** What everybody may know of a person, and what not even support may. */
const PUBLIC_OF_USER = new Set(['id', 'name', 'avatarUrl']);
const OWN_OF_USER = new Set(['sessions', 'hasSecondFactor', 'notifications', 'unreadNotificationCount']);

/** Tells what of the first tenant's may be shown to whom. Everything else that has an id is not of this tenant. */
export class FirstTenant {
  readonly #tenants: Tenants;
  readonly #typeOf: ReadonlyMap<string, string>;

  constructor(tenants: Tenants) {
    this.#tenants = tenants;
    const { Staff: _, ...ids } = tenants.ids;
    this.#typeOf = new Map(Object.entries(ids).flatMap(([type, own]) => own.map((id) => [id, type] as const)));
  }

  mayBeShown({ type, field, id }: Sighting, rights: Rights): boolean {
    const thing = id === undefined ? undefined : this.#typeOf.get(id);
    if (id === undefined || thing === undefined) return true;
    const may =
      thing === 'User' ? this.#ofUser(id, type === 'User' ? field : 'id', rights) : this.#ofThing(thing, rights);
    return may;
  }

  /** Whether somebody may hear of what the first tenant's owner causes. */
  mayHear(subscription: string, rights: Rights): boolean {
    const scope = TOLD_TO_ORGANIZATION[subscription];
    if (scope) return rights?.org === this.#tenants.owner.org && has(rights, scope);
    return rights?.sub === this.#tenants.owner.sub && rights.sid !== undefined;
  }

  #ofUser(id: string, field: string, rights: Rights): boolean {
    if (PUBLIC_OF_USER.has(field)) return true;
    if (rights?.sub === id && rights.sid) return true;
    return !OWN_OF_USER.has(field) && has(rights, 'identity:users.read');
  }

  #ofThing(thing: string, rights: Rights): boolean {
    const secrecy = THINGS[thing];
    if (!secrecy) throw new Error(`Nobody has said who may see ${thing}`);
    if (secrecy.of === 'everybody') return true;
    if (secrecy.staffScope && has(rights, secrecy.staffScope)) return true;
    if (!rights || secrecy.of === 'platform') return false;
    if (secrecy.of === 'person') return rights.sub === this.#tenants.owner.sub && Boolean(rights.sid);
    return rights.org === this.#tenants.owner.org && (!secrecy.scope || has(rights, secrecy.scope));
  }
}

function has(rights: Rights, scope: string): boolean {
  return (rights as Known | undefined)?.scope?.split(' ').includes(scope) ?? false;
}

/**
 * What the rows of the two tenants have no value for, or only at times. Whatever else nobody was shown is a blind spot: a
 * new field needs a value in `support/tenants.ts`.
 */
export const WITHOUT_VALUE: ReadonlySet<string> = new Set([
  ...[
    'ApiKey.revokedAt',
    'Organization.deletedAt',
    'User.subscription',
    'User.suspensionReason',
    'PlanSubscription.id',
  ],
  ...[...SELDOM_TOLD].map((name) => `Subscription.${name}`),
  ...['ProductExport.endCursor'],
  // Not gone through, because they lead back to where they come from.
  ...['Category.ancestors', 'Category.children', 'Category.parent', 'Category.parentId', 'Product.related'],
  // Nothing is sold in the time before, or waits to be sent; and what is posted at once adds up to nothing.
  ...['orders', 'units', 'gross', 'net'].map((name) => `SalesChange.${name}`),
  ...['CurrencySales.returnRate', 'ShopDashboard.oldestWaitingSince'],
  // Of one currency only, which nobody asks for.
  ...['PriceCount.count', 'PriceCount.highest', 'PriceCount.lowest'],
  ...['Broadcast.startedAt', 'Broadcast.endedAt', 'Broadcast.link', 'Broadcast.role'],
  ...['Notification.archivedAt', 'NotificationDelivery.claimedAt', 'NotificationDelivery.error'],
  ...['NotificationSettings.quietHours', 'QuietHours.start', 'QuietHours.end', 'NotificationVariable.fields'],
  ...['DeadLetter.data', 'DeadLetter.organization', 'DeadLetter.settledAt', 'DeadLetterAction.by'],
  // The payments of the first tenant's shops are of guests, whom nobody is.
  ...['Payment.nextAction', 'PaymentAction.url', 'PaymentAction.clientToken'],
  ...['DeadLetterAction.decision', 'DeadLetterAction.madeAt', 'DeadLetterAction.reason'],
]);
