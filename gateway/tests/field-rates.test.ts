import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { Bank } from './support/bank.ts';
import { type Answer, ask, startTestGateway } from './support/client.ts';
import { RawSocket } from './support/raw-socket.ts';

let bank: Bank;
let gateway: RunningGateway;

beforeAll(async () => {
  bank = await new Bank().start();
});

afterAll(async () => {
  await bank.stop();
});

afterEach(async () => {
  await gateway.stop();
  bank.resolved.clear();
});

/** Behind a proxy, so that a test can come from many addresses. */
async function start(settings: GatewaySettingsInput = {}): Promise<void> {
  gateway = await startTestGateway({ supergraphSdl: bank.supergraphSdl, trustedProxies: 1, ...settings });
}

const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
const OPEN = '{ open }';
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const limited = ({ status, data, errors }: Answer) => ({ status, data, ...errors?.[0]?.extensions });
const many = (count: number, each: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => each(index)));

describe('Limited fields', () => {
  const logins = (emails: readonly string[]) =>
    `mutation { ${emails.map((email, index) => `a${index}: login(input: { email: "${email}" })`).join(' ')} }`;
  const fifteen = Array.from({ length: 15 }, () => 'ada@example.com');

  it('count each use: fifteen sign-ins under fifteen names are fifteen, and none of them happens', async () => {
    await start();
    const answer = await ask(gateway, logins(fifteen));
    expect(limited(answer)).toMatchObject({ status: 429, code: 'RATE_LIMITED', limit: 'Mutation.login' });
    expect(answer.headers.get('retry-after')).toBe(String(answer.errors![0]!.extensions!.retryAfter));
    expect(bank.times('login')).toBe(0);
  });

  it('count each use through fragments', async () => {
    await start();
    const parts = fifteen.map(
      (email, index) => `fragment F${index} on Mutation { a${index}: login(input: { email: "${email}" }) }`,
    );
    const answer = await ask(
      gateway,
      `mutation { ${fifteen.map((_, index) => `...F${index}`).join(' ')} } ${parts.join(' ')}`,
    );
    expect(limited(answer)).toMatchObject({ limit: 'Mutation.login' });
  });

  it('count once what is merged into one', async () => {
    await start();
    const query = `mutation { ${'transfer '.repeat(20)} ...T ... on Mutation { transfer } } fragment T on Mutation { transfer }`;
    for (let time = 0; time < 5; time += 1) expect((await ask(gateway, query)).data).toEqual({ transfer: true });
    expect(limited(await ask(gateway, query))).toMatchObject({ status: 429, limit: 'Mutation.transfer' });
    expect(bank.times('transfer')).toBe(5);
  });

  it('count only what @skip and @include let through', async () => {
    await start();
    const query = `mutation ($no: Boolean! = false, $yes: Boolean!) {
      a: transfer @include(if: $no) b: transfer @skip(if: $yes) c: transfer @skip(if: true)
      ... on Mutation @include(if: $no) { d: transfer }
      e: transfer @include(if: $yes)
    }`;
    for (let time = 0; time < 5; time += 1) {
      expect((await ask(gateway, query, { variables: { yes: true } })).data).toEqual({ e: true });
    }
    expect((await ask(gateway, query, { variables: { yes: true } })).status).toBe(429);
  });

  it('count at any depth, and behind an interface', async () => {
    await start();
    const nested = '{ account { next { next { secret } } } }';
    expect((await ask(gateway, nested)).status).toBe(200);
    expect((await ask(gateway, '{ holder { secret } }')).status).toBe(200);
    expect(limited(await ask(gateway, '{ holder { ... on Account { secret } } }'))).toMatchObject({
      status: 429,
      limit: 'Account.secret',
    });
    expect((await ask(gateway, '{ holder { ... on Company { secret } } }')).status).toBe(200);
  });

  it('count by the value of an argument, however it is written and wherever it stands', async () => {
    await start({ rateLimits: { 'Mutation.login': '4/60/input.email' } });
    const login = 'mutation ($input: LoginInput!) { login(input: $input) }';
    const spelt = 'mutation ($email: String = " ADA@example.com") { login(input: { email: $email }) }';
    const answers = [
      await ask(gateway, login, { variables: { input: { email: 'ada@example.com' } } }),
      await ask(gateway, login, { variables: { input: { email: ' Ada@Example.com', device: 'x' } } }),
      await ask(gateway, spelt),
      await ask(gateway, logins(['ａda@example.com'])),
      await ask(gateway, spelt),
      await ask(gateway, login, { variables: { input: { email: 'ben@example.com' } } }),
    ];
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 429, 200]);
  });

  it('by an argument that is left out count for the address, not for all', async () => {
    await start({ rateLimits: { 'Mutation.login': '1/60/input.device' } });
    const without = (address: string) => ask(gateway, logins(['a@b.c']), from(address));
    expect(statuses([await without('10.0.0.1'), await without('10.0.0.1'), await without('10.0.0.2')])).toEqual([
      200, 429, 200,
    ]);
  });

  it('cost nobody their other allowances when one is used up', async () => {
    await start();
    const guess = (email: string, address: string) => ask(gateway, logins([email]), from(address));
    for (let time = 0; time < 10; time += 1) expect((await guess('ada@example.com', '10.0.0.1')).status).toBe(200);
    for (let time = 0; time < 30; time += 1) expect((await guess('ada@example.com', '10.0.0.1')).status).toBe(429);
    // Ten of the address's twenty are left, and whoever shuts out Ada shuts her out at their own address only.
    expect((await guess('ben@example.com', '10.0.0.1')).status).toBe(200);
    expect((await guess('ada@example.com', '10.0.0.2')).status).toBe(200);
  });

  it('count when they are subscribed to', async () => {
    await start();
    const socket = await RawSocket.initialised(gateway.url.replace('http', 'ws'));
    const types = [];
    for (const id of ['1', '2', '3']) {
      socket.subscribe(id, 'subscription { ticks }');
      const { type } = await socket.receive();
      types.push(type);
      if (type === 'next') await socket.receive();
    }
    expect(types).toEqual(['next', 'next', 'error']);
    socket.socket.terminate();
  });

  describe('in fragments that unfold', () => {
    const unfolding = (depth: number) => {
      const fragments = Array.from({ length: depth }, (_, level) => {
        const next = level + 1 < depth ? `...F${level + 1}` : 'secret';
        return `fragment F${level} on Account { a: next { ${next} } b: next { ${next} } }`;
      });
      return `{ account { ...F0 } } ${fragments.join(' ')}`;
    };

    it('without end cannot be hidden', async () => {
      await start();
      const startedAt = performance.now();
      expect((await ask(gateway, unfolding(20))).status).toBeGreaterThanOrEqual(400);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(bank.times('secret')).toBe(0);
    });

    it('are not looked for without end either, where documents may be as large as they like', async () => {
      const endless = 1_000_000_000;
      const size = { maxSelections: endless, maxDepth: endless, maxAliases: endless, maxRepetitions: endless };
      await start({ ...size, maxCost: endless });
      const answer = await ask(gateway, unfolding(12));
      expect(limited(answer)).toMatchObject({ status: 400, limit: 'limitedSelections', maximum: 5_000 });
      expect(limited(await ask(gateway, unfolding(3)))).toMatchObject({ status: 429, limit: 'Account.secret' });
    });
  });
});

describe('The operator', () => {
  it('sets limits in the place of what a subgraph declares, and for operations by their name', async () => {
    await start({
      rateLimits: { 'Mutation.transfer': 'off', 'Query.open': '2/60', 'operation:Search': '1/60/address' },
    });
    const answers = await many(10, () => ask(gateway, 'mutation { transfer }'));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect(statuses([await ask(gateway, OPEN), await ask(gateway, '{ a: open b: open }')])).toEqual([200, 429]);
    const search = () => ask(gateway, 'query Search { account { id } }');
    expect(limited(await search())).toMatchObject({ status: 200 });
    expect(limited(await search())).toMatchObject({ status: 429, limit: 'operation:Search' });
  });

  it.each([
    ['Mutation.login', 'often'],
    ['Mutation.login', '10/0'],
    ['login', '10/60'],
  ])('is told when %s=%s makes no sense', async (name, rate) => {
    await expect(startTestGateway({ supergraphSdl: bank.supergraphSdl, rateLimits: { [name]: rate } })).rejects.toThrow(
      /is not/,
    );
    await start();
  });
});
