import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createServices } from '../src/services.ts';
import { messaging as definition } from '../src/subgraph.ts';
import { Browser, PushService, vapidClaims } from './push-service/push-service.ts';
import {
  APP_URL,
  happen,
  nextAttempt,
  type Person,
  registered,
  rows,
  startMessaging,
  type TestMessaging,
} from './story.ts';

const REGISTER = `mutation ($input: RegisterPushSubscriptionInput!) { registerPushSubscription(input: $input) { id } }`;
const LIST = '{ pushSubscriptions { id userAgent } }';

describe('Push messages', () => {
  const browser = new Browser();
  let service: PushService;
  let messaging: TestMessaging;
  let ada: Person;

  beforeAll(async () => {
    service = await PushService.start();
    messaging = await startMessaging(
      {},
      { ...definition, services: (kernel) => createServices(kernel, { pushAgent: service.agent }) },
    );
  });

  afterAll(async () => {
    await messaging.stop();
    await service.stop();
  });

  beforeEach(async () => {
    service.received.length = 0;
    service.answers.clear();
    ada = await registered(messaging);
  });

  const keys = () => ({ p256dh: browser.p256dh, auth: browser.auth });

  async function register(endpoint: string, person = ada) {
    return messaging.query(REGISTER, { variables: { input: { endpoint, ...keys() } }, as: { sub: person.userId } });
  }

  /** One of Ada's browsers, whose service is the one on this machine. */
  async function aBrowserAt(path: string): Promise<string> {
    const { data } = await register(`https://push.example.com${path}/${randomUUID()}`);
    const { id } = data.registerPushSubscription;
    // The graph takes no address of this machine, and rightly so.
    await rows(messaging, `update push_subscription set endpoint = ? where id = ? returning 1`, [
      `${service.origin}${path}?${id}`,
      id,
    ]);
    return id;
  }

  async function warned(): Promise<void> {
    await happen(messaging, 'password.changed', { userId: ada.userId });
    await messaging.drainEvents();
    await messaging.runJobs();
  }

  async function delivery() {
    const [row] = await rows(
      messaging,
      `select status, attempts, error from notification_delivery where user_id = ? and channel = 'WEB_PUSH'`,
      [ada.userId],
    );
    return row;
  }

  test('reach every browser of a person, readable by it alone', async () => {
    await aBrowserAt('/a');
    await aBrowserAt('/b');
    await warned();
    expect(service.received.map(({ path }) => path).sort()).toEqual(['/a', '/b']);
    const message = JSON.parse(browser.read(service.received[0]!.body));
    expect(message).toMatchObject({
      type: 'PASSWORD_CHANGED',
      title: 'Your password was changed',
      link: `${APP_URL}/settings/security`,
    });
    const { webPushPublicKey } = await messaging.queryData('{ webPushPublicKey }');
    expect(vapidClaims(service.received[0]!.headers.authorization).key).toBe(webPushPublicKey);
    expect(await delivery()).toMatchObject({ status: 'SENT', attempts: 1 });
  });

  test.each([404, 410])('are not sent any more to a browser that answers %i', async (status) => {
    await aBrowserAt('/gone');
    const staying = await aBrowserAt('/here');
    service.answers.set('/gone', status);
    await warned();
    const { pushSubscriptions } = await messaging.queryData(LIST, { as: { sub: ada.userId } });
    expect(pushSubscriptions.map(({ id }: { id: string }) => id)).toEqual([staying]);
    expect(await delivery()).toMatchObject({ status: 'SENT' });
  });

  test('come to nothing when the only browser is gone', async () => {
    await aBrowserAt('/gone');
    service.answers.set('/gone', 410);
    await warned();
    expect(await delivery()).toMatchObject({ status: 'SUPPRESSED', error: 'No browser is registered any more.' });
  });

  test('are tried again where a service is down, and not where they have arrived', async () => {
    await aBrowserAt('/up');
    await aBrowserAt('/down');
    service.answers.set('/down', 503);
    await warned();
    expect(await delivery()).toMatchObject({ status: 'QUEUED', attempts: 1 });
    service.answers.clear();
    await nextAttempt(messaging);
    expect(service.received.map(({ path }) => path).sort()).toEqual(['/down', '/down', '/up']);
    expect(await delivery()).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  test('that a service refuses are given up', async () => {
    await aBrowserAt('/strict');
    service.answers.set('/strict', 400);
    await warned();
    expect(await delivery()).toMatchObject({ status: 'FAILED', error: 'The push services refused it.' });
  });

  test.each(['https://127.0.0.1/x', 'http://push.example.com/x', 'https://localhost/x'])(
    'cannot be directed to %s',
    async (endpoint) => {
      const { errors } = await register(endpoint);
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'endpoint' }] });
    },
  );

  test('follow a browser to the person who signed in with it last', async () => {
    const endpoint = `https://push.example.com/${randomUUID()}`;
    const first = await register(endpoint);
    expect((await register(endpoint)).data).toEqual(first.data);
    const eve = await registered(messaging);
    await register(endpoint, eve);
    expect((await messaging.queryData(LIST, { as: { sub: ada.userId } })).pushSubscriptions).toEqual([]);
    expect((await messaging.queryData(LIST, { as: { sub: eve.userId } })).pushSubscriptions).toHaveLength(1);
  });

  test('can be turned off for a browser by its owner', async () => {
    const id = await aBrowserAt('/a');
    const unregister = `mutation ($input: UnregisterPushSubscriptionInput!) { unregisterPushSubscription(input: $input) { id } }`;
    const eve = await messaging.query(unregister, { variables: { input: { id } }, as: { sub: randomUUID() } });
    expect(eve.errors[0]!.extensions.code).toBe('NOT_FOUND');
    const own = await messaging.queryData(unregister, { variables: { input: { id } }, as: { sub: ada.userId } });
    expect(own.unregisterPushSubscription.id).toBe(id);
    await warned();
    expect(service.received).toEqual([]);
  });

  test('use the same key after a restart', async () => {
    const stored = await rows<{ public_key: string; sealed_private_key: string }>(
      messaging,
      'select public_key, sealed_private_key from vapid_key',
    );
    const { webPushPublicKey } = await messaging.queryData('{ webPushPublicKey }');
    expect(stored).toEqual([{ public_key: webPushPublicKey, sealed_private_key: expect.any(String) }]);
    const { privateKey } = await loadAgain();
    expect(stored[0]!.sealed_private_key).not.toContain(privateKey);
  });

  async function loadAgain() {
    const { loadVapidKeys } = await import('../src/push/load-vapid-keys.ts');
    const { services, parts } = messaging.runtime;
    return loadVapidKeys(parts.environment, services.sealer, (run) => messaging.runtime.asSystem(run));
  }
});
