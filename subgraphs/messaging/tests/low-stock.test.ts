import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CommerceEvents } from '@supergraph/commerce/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import { happen, joined, type Person, registered, startMessaging, type TestMessaging } from './story.ts';

let messaging: TestMessaging;

beforeAll(async () => {
  messaging = await startMessaging();
});

afterAll(() => messaging.stop());

/** Commerce tells that little is left of something, as if it had just happened. */
async function fall(organizationId: string, details: Partial<CommerceEvents['inventory.low']> = {}): Promise<void> {
  const { runtime, clock } = messaging;
  const data: CommerceEvents['inventory.low'] = {
    ...{ variantId: randomUUID(), productId: randomUUID(), shopId: randomUUID(), organizationId },
    ...{ productTitle: 'Tea pot', variantTitle: 'Size M', sku: 'POT-1', available: 2, threshold: 2 },
    ...details,
  };
  const event: EventEnvelope = {
    ...{ id: randomUUID(), name: 'inventory.low', version: 1, occurredAt: clock.now(), organizationId, data },
    ...{ actor: { kind: 'system' }, correlationId: randomUUID() },
  };
  await runtime.parts.outbox.append(runtime.openEntityManager(), [event]);
  await messaging.drainEvents();
}

async function toldTo({ userId }: Person): Promise<object[]> {
  const list = '{ notifications { edges { node { type title body link } } } }';
  const { notifications } = await messaging.queryData(list, { as: { sub: userId } });
  return notifications.edges.map(({ node }: { node: object }) => node);
}

test('Little stock is told to those of the organization who can do something about it, once a day', async () => {
  const organizationId = randomUUID();
  const [owner, agent, viewer, gone, stranger] = [
    await registered(messaging),
    await registered(messaging),
    await registered(messaging),
    await registered(messaging),
    await registered(messaging),
  ];
  await joined(messaging, organizationId, owner, 'OWNER');
  await joined(messaging, organizationId, agent, 'AGENT');
  await joined(messaging, organizationId, viewer, 'VIEWER');
  await joined(messaging, organizationId, gone, 'OWNER');
  await happen(messaging, 'member.removed', { organizationId, userId: gone.userId });
  await messaging.drainEvents();
  await joined(messaging, randomUUID(), stranger, 'OWNER');
  const [variantId, shopId] = [randomUUID(), randomUUID()];
  await fall(organizationId, { variantId, shopId });
  await fall(organizationId, { variantId, shopId, available: 1 });
  const told = {
    type: 'LOW_STOCK',
    title: 'Low stock: Tea pot',
    body: '2 left of POT-1.',
    link: `/shops/${shopId}/stock`,
  };
  for (const person of [owner, agent]) expect(await toldTo(person)).toContainEqual(told);
  const lowOf = async (person: Person) => (await toldTo(person)).filter((each: any) => each.type === 'LOW_STOCK');
  for (const person of [owner, agent]) expect(await lowOf(person)).toHaveLength(1);
  for (const person of [viewer, gone, stranger]) expect(await lowOf(person)).toEqual([]);
  await fall(organizationId, { available: 0, sku: 'CUP-1' });
  messaging.clock.advance({ days: 1 });
  await fall(organizationId, { variantId, shopId, available: 0 });
  expect(await lowOf(owner)).toHaveLength(3);
});

test('Where nobody can act, nobody is told, and nothing fails', async () => {
  await fall(randomUUID());
  const failed = await messaging.runtime.asSystem(({ em }) =>
    em.execute<object[]>(`select 1 from bus.delivery where status <> 'done'`),
  );
  expect(failed).toEqual([]);
});
