import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { HeardOfCommerce } from '../src/commerce.events.ts';
import { type Person, rows, type TestMessaging } from './story.ts';

/** Puts an event of commerce on the bus and has it handled, as if it had just happened. @returns its id */
export async function sell<Name extends keyof HeardOfCommerce>(
  messaging: TestMessaging,
  name: Name,
  data: HeardOfCommerce[Name],
): Promise<string> {
  const { runtime, clock, drainEvents } = messaging;
  const event: EventEnvelope = {
    ...{ id: randomUUID(), name, version: 1, occurredAt: clock.now(), data },
    ...{ actor: { kind: 'system' }, correlationId: randomUUID() },
  };
  await runtime.parts.outbox.append(runtime.openEntityManager(), [event]);
  await drainEvents();
  return event.id;
}

/** An order of somebody with an account, or of a guest when there is only an address. */
export function anOrder(buyer: Pick<Person, 'email'> & Partial<Person>) {
  return { orderId: randomUUID(), number: 'A-1001', userId: buyer.userId ?? null, email: buyer.email };
}

export type AnOrder = ReturnType<typeof anOrder>;

export const TEA = { productId: randomUUID(), variantId: randomUUID(), title: 'Sencha', quantity: 2 };

/** A shop's part of it. */
export function aPart(details: { organizationId?: string; number?: string } = {}) {
  return {
    ...{ shopOrderId: randomUUID(), number: 'A-1001-1', shopId: randomUUID(), organizationId: randomUUID() },
    items: [TEA],
    ...details,
  };
}

/** Likewise, as events that are about one part say it. */
export function ofShop(details: { organizationId?: string; shopName?: string } = {}) {
  const { number: shopOrderNumber, ...part } = aPart();
  return { ...part, shopOrderNumber, shopName: 'Tea House', ...details };
}

export function aParcel(order: AnOrder, details: Partial<HeardOfCommerce['order.fulfilled']> = {}) {
  return {
    ...order,
    ...ofShop(),
    ...{ fulfillmentId: randomUUID(), carrier: 'Post', trackingNumber: '99.01', isComplete: true },
    trackingUrl: 'https://post.example.com/99.01',
    ...details,
  };
}

export interface Told {
  readonly type: string;
  readonly title: string;
  readonly body: string;
  readonly link: string;
  readonly subject: { readonly __typename: string; readonly id: string } | null;
}

/** What somebody was told of buying and selling in the app, newest first. */
export async function toldTo(messaging: TestMessaging, { userId }: Person): Promise<Told[]> {
  const list = `{ notifications(first: 50) { edges { node {
    type title body link
    subject { __typename ... on Order { id } ... on ShopOrder { id } ... on Shop { id } ... on Product { id } }
  } } } }`;
  const { notifications } = await messaging.queryData(list, { as: { sub: userId } });
  // Between a currency and its amount there is a space that does not break.
  const told = notifications.edges.map(({ node }: { node: Told }) => ({
    ...node,
    body: node.body.replaceAll('\u00A0', ' '),
  }));
  return told.filter(({ type }: Told) => type !== 'WELCOME');
}

/** Brings the events that wait for another one again, as if their time had come. */
export async function comeAgain(messaging: TestMessaging): Promise<void> {
  await rows(messaging, `update bus.delivery set available_at = now() where status = 'pending' returning 1`);
  await messaging.drainEvents();
}

export interface ReadMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail that came to an address, newest first, but for the welcome. */
export async function mailTo(messaging: TestMessaging, email: string): Promise<ReadMail[]> {
  await messaging.runJobs();
  const { developmentMailbox } = await messaging.queryData(
    'query ($to: String) { developmentMailbox(to: $to) { edges { node { subject text html } } } }',
    { variables: { to: email }, as: { sub: randomUUID(), scope: 'messaging:mailbox.read' } },
  );
  const mails = developmentMailbox.edges.map(({ node }: { node: ReadMail }) => node);
  return mails.filter(({ subject }: ReadMail) => !subject.startsWith('Welcome'));
}
