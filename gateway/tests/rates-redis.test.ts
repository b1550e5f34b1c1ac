import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { RedisProxy } from '@supergraph/testkit/redis.proxy';
import { describeWithRedis } from '@supergraph/testkit/test-redis';
import { createClient } from 'redis';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { Bank } from './support/bank.ts';
import { ask, startTestGateway } from './support/client.ts';
import { eventually } from './support/eventually.ts';

const TRANSFER = 'mutation { transfer }';

describeWithRedis('Rates in Redis', (redisUrl) => {
  let bank: Bank;
  let prefix: string;
  let running: RunningGateway[];
  let proxy: RedisProxy;
  const redis = createClient({ url: redisUrl });

  beforeAll(async () => {
    bank = await new Bank().start();
    await redis.connect();
  });

  beforeEach(async () => {
    prefix = `test:${randomUUID()}:`;
    running = [];
    proxy = new RedisProxy(redisUrl);
    await proxy.open();
  });

  afterEach(async () => {
    await Promise.all(running.map((gateway) => gateway.stop()));
    await proxy.close();
    bank.resolved.clear();
  });

  afterAll(async () => {
    redis.destroy();
    await bank.stop();
  });

  async function start(settings: GatewaySettingsInput = {}, lines?: string[]): Promise<RunningGateway> {
    const logger = lines && createLogger('gateway', 'info', { write: (line: string) => void lines.push(line) });
    const gateway = await startTestGateway(
      { supergraphSdl: bank.supergraphSdl, redisUrl, redisPrefix: prefix, redisTimeoutMs: 5_000, ...settings },
      logger && { logger },
    );
    running.push(gateway);
    return gateway;
  }

  const keys = () => redis.keys(`${prefix}*`);
  const statusOf = async (gateway: RunningGateway, query = TRANSFER) => (await ask(gateway, query)).status;
  const metric = async (gateway: RunningGateway, name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
  };

  it('are exact for limited fields, through two gateways at the same time', async () => {
    const [here, there] = [await start(), await start()];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => statusOf(index % 2 === 0 ? here : there)),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(5);
    expect(bank.times('transfer')).toBe(5);
  });

  it('leave room in the window again', async () => {
    const [here, there] = [
      await start({ rateLimits: { 'Mutation.transfer': '1/2' } }),
      await start({ rateLimits: { 'Mutation.transfer': '1/2' } }),
    ];
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 429]);
    await eventually(async () => (await statusOf(there)) === 200);
    expect(await statusOf(here)).toBe(429);
  });

  it('count all or nothing, for a gateway that has seen none of it', async () => {
    const [here, there] = [await start(), await start()];
    for (let time = 0; time < 4; time += 1) expect(await statusOf(here)).toBe(200);
    // As many as this one would let through by itself: were they not given back, it would have no room for another.
    const both =
      'mutation { a: transfer b: transfer c: transfer d: transfer e: transfer login(input: { email: "a@b.c" }) }';
    expect(await statusOf(there, both)).toBe(429);
    expect((await keys()).filter((key) => key.includes('login'))).toEqual([]);
    expect(await statusOf(there)).toBe(200);
    expect(await statusOf(there)).toBe(429);
  });

  it('are known to the other gateways a moment later, for requests', async () => {
    const [here, there] = [await start({ requestsPerAddress: 10 }), await start({ requestsPerAddress: 10 })];
    for (let time = 0; time < 9; time += 1) expect(await statusOf(here, '{ open }')).toBe(200);
    await eventually(async () => (await keys()).length > 0);
    // Its own first one fills the limit; as soon as it has told, it knows. By itself it would let ten through.
    let passed = 0;
    for (; (await statusOf(there, '{ open }')) === 200; passed += 1) await pause(100);
    expect(passed).toBeLessThan(9);
    await eventually(async () => (await statusOf(here, '{ open }')) === 429);
  });

  it('show nothing personal in Redis, and are gone by themselves', async () => {
    const gateway = await start({ requestsPerAddress: 10 });
    await ask(gateway, 'mutation { login(input: { email: "ada@example.com" }) }');
    await eventually(async () => (await keys()).length >= 3);
    const found = await keys();
    expect(found.join('\n')).not.toMatch(/ada|example|@/);
    for (const key of found) expect(await redis.pTTL(key)).toBeGreaterThan(0);
  });

  describe('when Redis is killed', () => {
    it('go on in each gateway, and together again when it is back, without a restart', async () => {
      const lines: string[] = [];
      const settings = {
        redisUrl: proxy.url,
        rateLimits: { 'Mutation.transfer': '20/3600' },
        requestsPerAddress: 10_000,
      };
      const [here, there] = [await start(settings, lines), await start(settings)];
      expect(await metric(here, 'gateway_rates_alone')).toBe(0);

      let stopped = false;
      const seen = new Set<number>();
      const load = (async () => {
        while (!stopped) seen.add(await statusOf(here, '{ open }'));
      })();
      expect(await statusOf(here)).toBe(200);
      await proxy.close();
      const answers = await Promise.all(Array.from({ length: 60 }, () => statusOf(here)));
      expect(answers.filter((status) => status === 200)).toHaveLength(19);
      expect(await metric(here, 'gateway_rates_alone')).toBe(1);
      expect(await metric(here, 'gateway_rates_counted_alone_total')).toBeGreaterThan(0);

      await proxy.open();
      await eventually(async () => (await metric(here, 'gateway_rates_alone')) === 0);
      await eventually(async () => (await metric(there, 'gateway_rates_alone')) === 0);
      // What this one counted alone stays with it; the one that all know of is known to the other.
      const together = await Promise.all(
        Array.from({ length: 60 }, (_, index) => statusOf(index % 2 === 0 ? here : there)),
      );
      expect(together.filter((status) => status === 200)).toHaveLength(19);
      expect(await statusOf(here)).toBe(429);
      stopped = true;
      await load;
      expect([...seen]).toEqual([200]);
      const told = lines.filter((line) => line.includes('Redis'));
      expect(told.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
        'Redis is away: each gateway counts for itself',
        'Redis is back: rates are counted for all gateways together',
      ]);
    }, 60_000);

    it('start without it', async () => {
      await proxy.close();
      const gateway = await start({ redisUrl: proxy.url });
      const answers = [];
      for (let time = 0; time < 6; time += 1) answers.push(await statusOf(gateway));
      expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
      await proxy.open();
      await eventually(async () => (await metric(gateway, 'gateway_rates_alone')) === 0);
    });

    it('do not wait for one that hangs', async () => {
      const rateLimits = { 'Mutation.transfer': '1000/60' };
      const gateway = await start({ redisUrl: proxy.url, redisTimeoutMs: 250, rateLimits });
      expect(await statusOf(gateway)).toBe(200);
      proxy.freeze();
      // Some wait for a quarter of a second; then nobody does any more.
      const answers = await Promise.all(Array.from({ length: 10 }, () => statusOf(gateway)));
      expect(new Set(answers)).toEqual(new Set([200]));
      expect(await metric(gateway, 'gateway_rates_alone')).toBe(1);
      proxy.thaw();
      await eventually(async () => (await metric(gateway, 'gateway_rates_alone')) === 0);
    });
  });
});
