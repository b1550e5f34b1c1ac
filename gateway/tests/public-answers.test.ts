import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { call } from './support/http-call.ts';
import { Market } from './support/market.ts';
import { RawSocket } from './support/raw-socket.ts';
import { TokenIssuer } from './support/token-issuer.ts';

const MOTTO = '{ motto }';

describe('A public answer', () => {
  const clock = { at: Date.parse('2026-11-21T12:00:00Z'), now: () => new Date(clock.at) };
  let issuer: TokenIssuer;
  let market: Market;
  let gateway: RunningGateway;

  beforeAll(async () => {
    issuer = await new TokenIssuer().start();
    market = await new Market().start();
    gateway = await startWith({ jwksUrl: issuer.jwksUrl, forwardedHeaders: ['x-shop'], passedCookies: ['visit'] });
  });
  afterAll(async () => {
    await gateway.stop();
    await Promise.all([market.stop(), issuer.stop()]);
  });

  beforeEach(() => {
    // Later than anything is kept.
    clock.at += 1_000_000;
    market.forget();
  });

  const startWith = (settings: GatewaySettingsInput) =>
    startTestGateway({ supergraphSdl: market.supergraphSdl, requestsPerAddress: 10_000, ...settings }, { clock });
  const url = () => `http://127.0.0.1:${gateway.port}/graphql`;
  const get = (query: string, headers: Record<string, string> = {}) =>
    call(`${url()}?query=${encodeURIComponent(query)}`, { headers });
  const data = async (query: string, options?: Parameters<typeof ask>[2]) => (await ask(gateway, query, options)).data;
  const metric = async (name: string) => {
    const text = await (await fetch(url().replace('/graphql', '/metrics'))).text();
    return text
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.split(' ')[1];
  };

  it('comes from memory until it is too old', async () => {
    expect(await data(MOTTO)).toEqual({ motto: 'Fresh 1' });
    clock.at += 299_000;
    expect(await data(MOTTO)).toEqual({ motto: 'Fresh 1' });
    expect(market.calls).toBe(1);
    clock.at += 1_000;
    expect(await data(MOTTO)).toEqual({ motto: 'Fresh 2' });
  });

  it('comes from memory on a socket too', async () => {
    await get(MOTTO);
    const socket = await RawSocket.initialised(url().replace('http', 'ws'));
    socket.subscribe('1', MOTTO);
    expect(await socket.receive()).toEqual({ id: '1', type: 'next', payload: { data: { motto: 'Fresh 1' } } });
    socket.socket.close();
    await socket.closed;
    expect(market.calls).toBe(1);
  });

  it('is joined over all its subgraphs, once', async () => {
    const query = '{ stalls { name place } }';
    const answer = { stalls: [{ name: 'Cheese 1', place: 'row 1' }] };
    expect([await data(query), await data(query), market.calls]).toEqual([answer, answer, 2]);
  });

  it('is another one for other variables, another operation and another language', async () => {
    const query = `query A($id: ID!) { stall(id: $id) { name } } query B { stall(id: "1") { name } }`;
    const post = async (body: object) => {
      const reply = await call(url(), {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      });
      return reply.json().data.stall.name;
    };
    const a = { query, operationName: 'A', variables: { id: '1' } };
    const names = [
      await post(a),
      await post({ ...a, variables: { id: '2' } }),
      await post({ ...a, operationName: 'B' }),
      await post({ ...a, variables: { id: 1 } }),
      await post(a),
    ];
    expect(names.map((name: string) => name.at(-1))).toEqual(['1', '2', '3', '1', '1']);
    expect(await data(MOTTO, { headers: { 'accept-language': 'de' } })).toEqual({ motto: 'Fresh 4' });
    expect(await data(MOTTO, { headers: { 'accept-language': 'fr' } })).toEqual({ motto: 'Fresh 5' });
    expect(await data(MOTTO, { headers: { 'accept-language': 'de' } })).toEqual({ motto: 'Fresh 4' });
  });

  it('is another one for what else subgraphs are told of the client', async () => {
    const of = async (shop: string) => (await data(MOTTO, { headers: { 'x-shop': shop } })).motto;
    expect([await of('a'), await of('b'), await of('a')]).toEqual(['Fresh 1', 'Fresh 2', 'Fresh 1']);
    expect((await get(MOTTO)).headers.vary).toContain('x-shop');
  });

  it('is read once for all who wait for it', async () => {
    market.stalls.delayMs = 50;
    const answers = await Promise.all(Array.from({ length: 20 }, () => data(MOTTO)));
    expect(answers).toEqual(Array.from({ length: 20 }, () => ({ motto: 'Fresh 1' })));
    expect(market.calls).toBe(1);
  });

  it('is still read for those who wait when the one who asked first has left', async () => {
    market.stalls.delayMs = 100;
    const leaving = new AbortController();
    const misses = async () => Number((await metric('gateway_public_answers_total{outcome="miss"}')) ?? 0);
    const before = await misses();
    const first = fetch(`${url()}?query=${encodeURIComponent(MOTTO)}`, { signal: leaving.signal }).catch(() => 'left');
    await eventually(() => market.calls === 1);
    const second = data(MOTTO);
    leaving.abort();
    expect(await first).toBe('left');
    expect(await second).toEqual({ motto: 'Fresh 1' });
    expect([market.calls, (await misses()) - before]).toEqual([1, 1]);
  });

  it('is not kept when anything went wrong with it, and what went wrong is nobody else’s', async () => {
    market.failing = true;
    market.stalls.delayMs = 20;
    const failed = await Promise.all([ask(gateway, MOTTO), ask(gateway, MOTTO), ask(gateway, MOTTO)]);
    for (const { errors } of failed) expect(errors).toMatchObject([{ message: 'no motto today', path: ['motto'] }]);
    market.failing = false;
    expect(await data(MOTTO)).toEqual({ motto: 'Fresh 1' });
  });

  it('is asked for by nobody in particular, so that it cannot be somebody’s', async () => {
    const headers = { authorization: `Bearer ${issuer.token()}`, 'user-agent': 'spy/1.0' };
    expect(await data('{ whoAmI }', { headers })).toEqual({ whoAmI: 'nobody' });
    expect(await data('{ whoAmI }')).toEqual({ whoAmI: 'nobody' });
    expect(market.stalls.calls.map(({ headers: sent }) => sent['user-agent'])).not.toContain('spy/1.0');
  });

  it('is none where the subgraph wants to know who asks, however public it says it is', async () => {
    const tokens = [issuer.token(), issuer.token({}, { orgRole: 'OWNER' })];
    for (const token of tokens) {
      const authorization = `Bearer ${token}`;
      expect(await data('{ myDebts }', { headers: { authorization } })).toEqual({ myDebts: authorization.length });
    }
    expect((await ask(gateway, '{ myDebts }')).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('is none where one of its fields is private', async () => {
    const query = '{ motto weather }';
    expect([await data(query), await data(query)]).toEqual([
      { motto: 'Fresh 1', weather: 'Rain 2' },
      { motto: 'Fresh 3', weather: 'Rain 4' },
    ]);
    expect((await get(query)).headers['cache-control']).toBe('no-store');
  });

  it('opens no door: who may not ask is refused before it is looked for', async () => {
    const strict = await startWith({ jwksUrl: issuer.jwksUrl, requestsPerAddress: 3 });
    const statusOf = async (headers?: Record<string, string>) => (await ask(strict, MOTTO, { headers })).status;
    expect(await statusOf()).toBe(200);
    expect(await statusOf({ authorization: 'Bearer forged' })).toBe(401);
    expect([await statusOf(), await statusOf(), market.calls]).toEqual([200, 429, 1]);
    await strict.stop();
  });

  it('is always read where that is wanted', async () => {
    const without = await startWith({ answerCache: false });
    const read = async () => (await ask(without, MOTTO)).data;
    expect([await read(), await read()]).toEqual([{ motto: 'Fresh 1' }, { motto: 'Fresh 2' }]);
    await without.stop();
  });

  describe('over HTTP', () => {
    it('may be kept by browsers and caches in between, as long as it is good', async () => {
      await get(MOTTO);
      clock.at += 42_000;
      const { headers } = await get(MOTTO, { origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' });
      expect(headers).toMatchObject({ 'cache-control': 'public, max-age=300', age: '42' });
      expect(headers.vary).toContain('accept, accept-language');
      expect(Object.keys(headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
    });

    it('need not be sent again to who has it', async () => {
      const { etag } = (await get(MOTTO)).headers;
      for (const known of [etag!, `"other", ${etag}`, '*']) {
        const reply = await get(MOTTO, { 'if-none-match': known });
        expect([reply.status, reply.body.length, reply.headers.etag]).toEqual([304, 0, etag]);
      }
      expect((await get(MOTTO, { 'if-none-match': '"other"' })).json()).toEqual({ data: { motto: 'Fresh 1' } });
      clock.at += 300_000;
      expect((await get(MOTTO, { 'if-none-match': etag! })).status).toBe(200);
    });

    it('is kept by nobody when it is the answer to a POST, to several requests, or to a refusal', async () => {
      await data(MOTTO);
      expect((await ask(gateway, MOTTO)).headers.get('cache-control')).toBe('no-store');
      const body = JSON.stringify([{ query: MOTTO }, { query: '{ weather }' }]);
      const batch = await call(url(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(batch.json()).toHaveLength(2);
      expect(batch.headers['cache-control']).toBe('no-store');
      expect((await get('{ nothing }')).headers['cache-control']).toBe('no-store');
    });

    it('is never one with a cookie', async () => {
      market.stalls.misbehaviours.push((_, response) => {
        response.setHeader('set-cookie', 'visit=1; HttpOnly').end('{"data":{"motto":"yours"}}');
      });
      const first = await get(MOTTO);
      expect(first.headers).toMatchObject({ 'set-cookie': ['visit=1; HttpOnly'], 'cache-control': 'no-store' });
      const second = await get(MOTTO);
      expect(second.json()).toEqual({ data: { motto: 'Fresh 1' } });
      expect(second.headers).not.toHaveProperty('set-cookie');
    });
  });
});
