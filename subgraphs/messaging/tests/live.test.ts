import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { IdentityEvents } from '@supergraph/identity/events';
import { MemoryLive } from '@supergraph/subgraph-kit';
import type { Client } from 'graphql-ws';
import { NotificationType } from '../src/notification/notification-type.ts';
import { notifyRecipients } from '../src/notification/notify-recipients.ts';
import { messaging as definition } from '../src/subgraph.ts';
import { happen, type Person, registered, startMessaging, type TestMessaging } from './story.ts';

/** Says when somebody has begun to listen. */
class ObservedLive extends MemoryLive {
  #waiting: (() => void)[] = [];

  nextReader(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  override subscribe<Hint extends object>(channel: string, signal?: AbortSignal): AsyncIterableIterator<Hint> {
    const hints = super.subscribe<Hint>(channel, signal);
    for (const resolve of this.#waiting.splice(0)) resolve();
    return hints;
  }
}

describe('Live notifications', () => {
  const live = new ObservedLive();
  let messaging: TestMessaging;
  let client: Client;
  let ada: Person;

  beforeAll(async () => {
    messaging = await startMessaging({}, definition, { live });
  });

  afterAll(() => messaging.stop());

  beforeEach(async () => {
    ada = await registered(messaging);
  });

  /** Listens in somebody's name; resolves once the subgraph does. */
  async function listen(query: string, person: Person, sid: string = randomUUID()) {
    client = messaging.openSocket();
    const events = client.iterate<Record<string, unknown>>({
      query,
      extensions: { authorization: messaging.tokens.authorization({ sub: person.userId, sid }) },
    });
    // Whoever is not listening yet would miss the hint.
    const listening = live.nextReader();
    const first = events.next();
    await listening;
    return { first, events };
  }

  async function warned(person: Person): Promise<void> {
    await happen(messaging, 'password.changed', { userId: person.userId });
    await messaging.drainEvents();
  }

  test('arrive with all that was asked for', async () => {
    const { first, events } = await listen('subscription { notificationAdded { title type user { id } } }', ada);
    await warned(ada);
    expect((await first).value).toMatchObject({
      data: {
        notificationAdded: { title: 'Your password was changed', type: 'PASSWORD_CHANGED', user: { id: ada.userId } },
      },
    });
    await events.return?.();
    await client.dispose();
  });

  test('are loaded afresh for each event', async () => {
    const { first, events } = await listen('subscription { unreadNotificationCountChanged }', ada);
    await warned(ada);
    expect((await first).value).toMatchObject({ data: { unreadNotificationCountChanged: 2 } });
    await messaging.queryData('mutation { markAllNotificationsRead { markedCount } }', { as: { sub: ada.userId } });
    expect((await events.next()).value).toMatchObject({ data: { unreadNotificationCountChanged: 0 } });
    await events.return?.();
    await client.dispose();
  });

  test('are nobody else’s', async () => {
    const eve = await registered(messaging);
    const { first, events } = await listen('subscription { notificationAdded { user { id } } }', eve);
    await warned(ada);
    await warned(eve);
    expect((await first).value).toMatchObject({ data: { notificationAdded: { user: { id: eve.userId } } } });
    await events.return?.();
    await client.dispose();
  });

  test('end with the session that they were asked for in', async () => {
    const sessionId = randomUUID();
    const { first } = await listen('subscription { notificationAdded { id } }', ada, sessionId);
    await happen(messaging, 'session.revoked', { userId: ada.userId, sessionId: randomUUID(), reason: 'REVOKED' });
    await happen(messaging, 'session.revoked', { userId: ada.userId, sessionId, reason: 'REVOKED' });
    await messaging.drainEvents();
    expect((await first).value?.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await client.dispose();
  });

  test.each<[keyof IdentityEvents, (person: Person, organizationId: string) => object, string]>([
    ['session.revoked', () => ({ sessionId: 'that-one' }), 'session that-one'],
    ['api_key.revoked', () => ({ apiKeyId: 'that-one' }), 'key that-one'],
    ['user.suspended', () => ({ reason: 'Spam' }), 'account USER'],
    ['user.deleted', () => ({}), 'account USER'],
    ['member.removed', (_, organizationId) => ({ organizationId }), 'membership ORGANIZATION USER'],
    ['organization.deleted', (_, organizationId) => ({ organizationId }), 'organization ORGANIZATION'],
  ])('are told, everywhere, what is over by %s', async (name, data, authority) => {
    const organizationId = randomUUID();
    const ends = live.subscribe('authority-end');
    await happen(messaging, name, { userId: ada.userId, ...data(ada, organizationId) } as never);
    await messaging.drainEvents();
    expect((await ends.next()).value).toEqual({
      authority: authority.replace('USER', ada.userId).replace('ORGANIZATION', organizationId),
      endedAt: messaging.clock.now().getTime(),
    });
    await ends.return?.();
  });

  test('need somebody who is signed in', async () => {
    client = messaging.openSocket();
    const events = client.iterate({ query: 'subscription { notificationAdded { id } }' });
    const refused = await events.next().then(
      ({ value }) => value.errors,
      (errors: unknown) => errors,
    );
    expect(refused).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await client.dispose();
  });

  test('are announced only when they are there to be read', async () => {
    const hints: { id: string }[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const hint of live.subscribe<{ id: string }>(`notification:${ada.userId}`, stop.signal))
        hints.push(hint);
    })();
    const rolledBack = messaging.runtime.asSystem((work) =>
      work.transaction(async () => {
        await notifyRecipients(work, [ada.userId], {
          type: NotificationType.PASSWORD_CHANGED,
          variables: { changedAt: messaging.clock.now().toISOString() },
          cause: randomUUID(),
        });
        throw new Error('on second thoughts');
      }),
    );
    await expect(rolledBack).rejects.toThrow('on second thoughts');
    await warned(ada);
    stop.abort();
    await listening;
    expect(hints).toHaveLength(1);
  });
});
