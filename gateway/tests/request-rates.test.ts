import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Clock } from '@supergraph/protocol';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { Bank } from './support/bank.ts';
import { type Answer, ask, startTestGateway } from './support/client.ts';
import { RawSocket } from './support/raw-socket.ts';
import { TokenIssuer } from './support/token-issuer.ts';

let bank: Bank;
let issuer: TokenIssuer;
let gateway: RunningGateway;
let now: number;
const clock: Clock = { now: () => new Date(now) };

beforeAll(async () => {
  bank = await new Bank().start();
  issuer = await new TokenIssuer().start();
});

afterAll(async () => {
  await issuer.stop();
  await bank.stop();
});

afterEach(async () => {
  await gateway.stop();
  bank.resolved.clear();
});

/** Behind a proxy, so that a test can come from many addresses. */
async function start(settings: GatewaySettingsInput = {}): Promise<void> {
  now = Date.now();
  gateway = await startTestGateway(
    { supergraphSdl: bank.supergraphSdl, jwksUrl: issuer.jwksUrl, trustedProxies: 1, ...settings },
    { clock },
  );
}

const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
const OPEN = '{ open }';
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const limited = ({ status, data, errors }: Answer) => ({ status, data, ...errors?.[0]?.extensions });
const many = (count: number, each: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => each(index)));

describe('Requests', () => {
  it('are let through up to the limit, exactly, however many come at the same time', async () => {
    await start({ requestsPerAddress: 20 });
    const answers = await many(50, () => ask(gateway, OPEN));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
  });

  it('that are refused are told when to come again, and are let in then', async () => {
    await start({ requestsPerAddress: 1 });
    const first = await ask(gateway, OPEN);
    expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=1;w=60');
    expect(first.headers.get('ratelimit')).toBe('"requests";r=0');
    const second = await ask(gateway, OPEN);
    const retryAfter = Number(second.headers.get('retry-after'));
    expect(limited(second)).toEqual({ status: 429, code: 'RATE_LIMITED', retryAfter, limit: 'requests' });
    expect(second.headers.get('content-type')).toContain('json');
    now += (retryAfter - 1) * 1000;
    expect((await ask(gateway, OPEN)).status).toBe(429);
    now += 1000;
    expect((await ask(gateway, OPEN)).status).toBe(200);
  });

  it('are refused before their body is read', async () => {
    await start({ requestsPerAddress: 1 });
    await ask(gateway, OPEN);
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'no JSON at all',
    });
    expect(response.status).toBe(429);
  });

  it('count for the person, wherever they come from, and for each API key', async () => {
    await start({ requestsPerAddress: 1, requestsPerPerson: 2, requestsPerKey: 3 });
    const [session, key] = ['0192f0c1-2d3e-7a4b-8c5d-000000000001', '0192f0c1-2d3e-7a4b-8c5d-000000000002'];
    const as = (claims: object, address: string) =>
      ask(gateway, OPEN, {
        headers: { ...from(address).headers, authorization: `Bearer ${issuer.token({}, claims)}` },
      });
    const person = [];
    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) person.push(await as({ sid: session }, address));
    const machine = [];
    for (let index = 0; index < 4; index += 1) machine.push(await as({ key }, '10.0.0.1'));
    expect(statuses(person)).toEqual([200, 200, 429]);
    expect(statuses(machine)).toEqual([200, 200, 200, 429]);
    expect((await ask(gateway, OPEN, from('10.0.0.1'))).status).toBe(200);
  });

  it('from one network of IPv6 count as from one address', async () => {
    await start({ requestsPerAddress: 1 });
    const answers = [];
    for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::1']) {
      answers.push(await ask(gateway, OPEN, from(address)));
    }
    expect(statuses(answers)).toEqual([200, 429, 200]);
  });

  it('with a token that does not hold count for the address', async () => {
    await start({ requestsPerAddress: 2 });
    const forged = () => ask(gateway, OPEN, { headers: { authorization: 'Bearer nonsense' } });
    expect(statuses([await forged(), await forged(), await forged()])).toEqual([401, 401, 429]);
  });

  it('that come as a list count one by one', async () => {
    await start({ requestsPerAddress: 5 });
    const batch = async (size: number) => {
      const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(Array.from({ length: size }, () => ({ query: OPEN }))),
      });
      return response.status;
    };
    expect([await batch(4), await batch(3), await batch(1)]).toEqual([200, 429, 429]);
  });

  it('count on a socket as over HTTP, each operation', async () => {
    await start({ requestsPerAddress: 3 });
    const socket = await RawSocket.initialised(gateway.url.replace('http', 'ws'));
    const operation = async (id: string): Promise<unknown> => {
      socket.subscribe(id, OPEN);
      const { type, payload } = await socket.receive();
      if (type === 'next') await socket.receive();
      return type === 'error' ? (payload as { extensions: object }[])[0]!.extensions : type;
    };
    expect([await operation('1'), await operation('2')]).toEqual(['next', 'next']);
    expect((await ask(gateway, OPEN)).status).toBe(200);
    const refused = { code: 'RATE_LIMITED', retryAfter: expect.any(Number), limit: 'requests' };
    expect(await operation('3')).toEqual(refused);
    expect(limited(await ask(gateway, OPEN))).toMatchObject({ status: 429, ...refused });
    socket.socket.terminate();
  });

  it('that are refused are counted for operators, by limit and not by caller', async () => {
    const metricsToken = 'a-token-of-this-test';
    await start({ requestsPerAddress: 1, metricsToken });
    for (let time = 0; time < 3; time += 1) await ask(gateway, OPEN);
    const headers = { authorization: `Bearer ${metricsToken}` };
    const metrics = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`, { headers })).text();
    expect(metrics).toContain('gateway_rate_limited_total{limit="requests"} 2');
  });
});

describe('The cost of operations', () => {
  it('is limited for each caller, together with what was spent before', async () => {
    await start({ costPerMinute: 5 });
    const expensive = (address: string) => ask(gateway, '{ account { next { id } } }', from(address));
    const answers = [];
    for (let time = 0; time < 10; time += 1) answers.push(await expensive('10.0.0.1'));
    expect(answers[0]!.status).toBe(200);
    expect(limited(answers.at(-1)!)).toMatchObject({ status: 429, code: 'RATE_LIMITED', limit: 'cost' });
    expect((await expensive('10.0.0.2')).status).toBe(200);
    now += 66_000;
    expect((await expensive('10.0.0.1')).status).toBe(200);
  });
});
