import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findShopPeople } from '../src/shop/find-shop-people.ts';
import { anOrder, aPart, mailTo, ofShop, sell, toldTo } from './commerce.story.ts';
import { joined, type Person, redeliver, registered, startMessaging, type TestMessaging } from './story.ts';

const BUYER = { email: 'guest@example.com' };

let messaging: TestMessaging;

beforeAll(async () => {
  messaging = await startMessaging();
});

afterAll(() => messaging.stop());

async function memberOf(organizationId: string, role: string): Promise<Person> {
  const person = await registered(messaging);
  await joined(messaging, organizationId, person, role);
  return person;
}

/** An organization with a shop, and those who are told of it. */
async function aShop() {
  const organizationId = randomUUID();
  return { organizationId, owner: await memberOf(organizationId, 'OWNER') };
}

describe('The people of a shop', () => {
  test('hear of a new order, those who can do something about it and nobody else', async () => {
    const { organizationId, owner } = await aShop();
    const agent = await memberOf(organizationId, 'AGENT');
    const viewer = await memberOf(organizationId, 'VIEWER');
    const stranger = (await aShop()).owner;
    const part = { ...aPart({ organizationId }), total: 2_500 };
    await sell(messaging, 'order.placed', { ...anOrder(BUYER), currency: 'CHF', total: 2_500, shopOrders: [part] });
    const told = {
      type: 'SHOP_ORDER_PLACED',
      title: 'New order A-1001-1',
      body: 'Total: CHF 25.00.',
      link: `/shops/${part.shopId}/orders/${part.shopOrderId}`,
      subject: { __typename: 'ShopOrder', id: part.shopOrderId },
    };
    for (const person of [owner, agent]) expect(await toldTo(messaging, person)).toEqual([told]);
    for (const person of [viewer, stranger]) expect(await toldTo(messaging, person)).toEqual([]);
    expect((await mailTo(messaging, owner.email))[0]!.text).toContain('– 2 × Sencha');
  });

  test('of several shops hear each of their own part, once, also when they buy there themselves', async () => {
    const { organizationId, owner } = await aShop();
    const other = await aShop();
    const shopOrders = [
      { ...aPart({ organizationId, number: 'A-1' }), total: 1_000 },
      { ...aPart({ organizationId, number: 'A-2' }), total: 500 },
      { ...aPart({ organizationId: other.organizationId, number: 'A-3' }), total: 1_000 },
    ];
    const event = await sell(messaging, 'order.placed', {
      ...{ ...anOrder(owner), currency: 'CHF', total: 2_500, shopOrders },
    });
    await redeliver(messaging, event);
    const titles = async (person: Person) => (await toldTo(messaging, person)).map(({ title }) => title).toSorted();
    expect(await titles(owner)).toEqual(['New order A-1', 'New order A-2', 'Order A-1001 is placed']);
    expect(await titles(other.owner)).toEqual(['New order A-3']);
  });

  test('hear what they need not send', async () => {
    const { organizationId, owner } = await aShop();
    await sell(messaging, 'order.cancelled', {
      ...{ ...anOrder(BUYER), currency: 'CHF', refunded: 0, reason: 'Changed my mind' },
      shopOrders: [aPart({ organizationId })],
    });
    expect(await toldTo(messaging, owner)).toMatchObject([
      { type: 'SHOP_ORDER_CANCELLED', title: 'Order A-1001-1: cancelled', body: 'Reason: Changed my mind' },
    ]);
  });

  test('are asked for a return', async () => {
    const { organizationId, owner } = await aShop();
    const shop = ofShop({ organizationId });
    await sell(messaging, 'return.requested', {
      ...{ ...anOrder(BUYER), ...shop, returnId: randomUUID(), currency: 'CHF', refunded: null, reason: 'Too small' },
    });
    expect(await toldTo(messaging, owner)).toMatchObject([
      {
        type: 'RETURN_REQUESTED',
        body: 'Reason: Too small',
        subject: { __typename: 'ShopOrder', id: shop.shopOrderId },
      },
    ]);
  });

  test('hear of a review', async () => {
    const { organizationId, owner } = await aShop();
    const productId = randomUUID();
    await sell(messaging, 'review.added', {
      ...{ reviewId: randomUUID(), productId, productTitle: 'Sencha', shopId: randomUUID(), organizationId, rating: 4 },
    });
    expect(await toldTo(messaging, owner)).toMatchObject([
      {
        type: 'REVIEW_ADDED',
        title: 'New review of Sencha',
        body: '4 of 5 stars.',
        subject: { __typename: 'Product', id: productId },
      },
    ]);
  });

  test('hear what is decided about it, each time', async () => {
    const { organizationId, owner } = await aShop();
    const shop = { shopId: randomUUID(), organizationId, name: 'Tea House' };
    await sell(messaging, 'shop.rejected', { ...shop, reason: 'A paper is missing.' });
    await sell(messaging, 'shop.approved', shop);
    await sell(messaging, 'shop.suspended', { ...shop, reason: 'Complaints' });
    await sell(messaging, 'shop.reinstated', shop);
    await sell(messaging, 'shop.suspended', { ...shop, reason: 'More complaints' });
    const told = await toldTo(messaging, owner);
    expect(told.map(({ title, body }) => `${title} ${body}`)).toEqual([
      'Tea House is suspended Reason: More complaints',
      'Tea House is open again It may sell again.',
      'Tea House is suspended Reason: Complaints',
      'Tea House is open The shop was approved and may sell.',
      'Tea House was not approved Reason: A paper is missing.',
    ]);
    for (const { subject, link } of told) {
      expect(subject).toEqual({ __typename: 'Shop', id: shop.shopId });
      expect(link).toBe(`/shops/${shop.shopId}`);
    }
  });

  test('are found in one statement, however many shops an order is of, and told all of them', async () => {
    const shops = [];
    for (let count = 0; count < 6; count += 1) shops.push(await aShop());
    const costs: number[] = [];
    for (const some of [shops.slice(0, 1), shops]) {
      const shopOrders = some.map(({ organizationId }) => ({ ...aPart({ organizationId }), total: 1 }));
      await sell(messaging, 'order.placed', { ...anOrder(BUYER), currency: 'CHF', total: 6, shopOrders });
      const ids = some.map(({ organizationId }) => organizationId);
      costs.push(await messaging.sql.during(() => messaging.runtime.asSystem(({ em }) => findShopPeople(em, ids))));
    }
    expect(costs[1]).toBe(costs[0]);
    for (const { owner } of shops) expect((await toldTo(messaging, owner))[0]!.type).toBe('SHOP_ORDER_PLACED');
  });
});
