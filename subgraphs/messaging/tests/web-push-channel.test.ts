import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import webPush from 'web-push';
import { WebPushChannel } from '../src/push/web-push.channel.ts';
import { Browser, PushService, vapidClaims } from './push-service/push-service.ts';

const KEYS = webPush.generateVAPIDKeys();
const SUBJECT = 'mailto:operator@example.com';

describe('The web push channel', () => {
  const browser = new Browser();
  let service: PushService;
  let channel: WebPushChannel;

  const targetAt = (path: string) => ({
    endpoint: `${service.origin}${path}`,
    p256dh: browser.p256dh,
    auth: browser.auth,
  });

  beforeAll(async () => {
    service = await PushService.start();
    channel = new WebPushChannel({ keys: KEYS, subject: SUBJECT, agent: service.agent, timeoutMs: 2_000 });
  });

  afterAll(() => service.stop());

  test('pushes what only the browser can read, in the name of our key', async () => {
    expect(await channel.push(targetAt('/ada'), '{"title":"Grüezi"}')).toBe('accepted');
    const { headers, body } = service.received.at(-1)!;
    expect(body.includes('Grüezi')).toBe(false);
    expect(browser.read(body)).toBe('{"title":"Grüezi"}');
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    const { aud, sub, key, exp } = vapidClaims(headers.authorization);
    expect([aud, sub, key]).toEqual([service.origin, SUBJECT, KEYS.publicKey]);
    expect(exp - Date.now() / 1_000).toBeLessThanOrEqual(24 * 60 * 60);
  });

  test.each([
    [404, 'gone'],
    [410, 'gone'],
    [413, 'permanent'],
    [403, 'permanent'],
    [429, 'temporary'],
    [503, 'temporary'],
  ])('takes the answer %i as %s', async (status, outcome) => {
    service.answers.set('/answer', status);
    expect(await channel.push(targetAt('/answer'), 'x')).toBe(outcome);
  });

  test('does not go to this machine or the network around it, whatever name it has', async () => {
    const before = service.connections;
    const screened = new WebPushChannel({ keys: KEYS, subject: SUBJECT, timeoutMs: 2_000 });
    expect(await screened.push(targetAt('/ada'), 'x')).toBe('temporary');
    const byAddress = targetAt('/ada').endpoint.replace('localhost', '127.0.0.1');
    expect(await screened.push({ ...targetAt('/ada'), endpoint: byAddress }, 'x')).toBe('temporary');
    expect(service.connections).toBe(before);
  });
});
