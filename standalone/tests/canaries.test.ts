import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TraceCollector } from '@supergraph/testkit';
import pg from 'pg';
import { WebSocket } from 'ws';
import { Canaries } from './support/canaries.ts';
import { type DistributedGraph, startDistributedGraph } from './support/distributed-graph.ts';
import { eventually } from './support/eventually.ts';
import { codeOf, GraphClient } from './support/graph.client.ts';
import { LOGIN, newcomer, register } from './support/people.ts';
import type { Service } from './support/service.ts';

const METRICS_TOKEN = 'a-token-that-only-scrapers-have';

const canaries = new Canaries();
const password = canaries.plant('a password');
const email = `${canaries.plant('an e-mail address')}@example.com`;
const name = canaries.plant('a name');

let collector: TraceCollector;
let graph: DistributedGraph;
/** Whose secrets are looked for. */
let ada: GraphClient;
/** Who must not see them. */
let stranger: GraphClient;
/** Everything that somebody was answered who must not see them. */
let answered = '';

beforeAll(async () => {
  collector = await new TraceCollector().start();
  graph = await startDistributedGraph({
    environment: {
      LOG_LEVEL: 'trace',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      METRICS_TOKEN,
      SUBGRAPH_TIMEOUT_MS: '20000',
      SUBGRAPH_SIGNING_SECRET: canaries.plant('the signing secret').padEnd(40, 'x'),
      SEALING_SECRETS: canaries.plant('the sealing secret').padEnd(40, 'x'),
      // Nobody listens there, so every mail is a job that fails.
      SMTP_URL: `smtp://mailer:${canaries.plant("the mail server's password")}@127.0.0.1:9`,
    },
  });
  canaries.adopt("the database's password", new URL(graph.databaseUrl).password);
  stranger = await newcomer(graph.url, 'grace@example.com', 'Grace');
  ada = graph.client();
}, 120_000);

afterAll(async () => {
  await graph?.stop();
  await collector?.stop();
});

const services = () => [graph.gateway, graph.identity, graph.messaging, graph.platform];
const logs = () =>
  services()
    .map(({ output }) => output)
    .join('');

/** Has the database refuse whatever is written to a table, and say as much about it as it can. */
async function sabotage(table: string, canary: string): Promise<void> {
  const client = new pg.Client({ connectionString: graph.databaseUrl });
  await client.connect();
  try {
    await client.query(`create or replace function public.sabotage_${canary}() returns trigger language plpgsql as $$
      begin raise exception 'refused for % and ${canary}', new using detail = '${canary}', hint = '${canary}'; end $$`);
    await client.query(`create trigger sabotage before insert or update on ${table}
      for each row execute function public.sabotage_${canary}()`);
  } finally {
    await client.end();
  }
}

async function restore(table: string): Promise<void> {
  const client = new pg.Client({ connectionString: graph.databaseUrl });
  await client.connect();
  await client.query(`drop trigger sabotage on ${table}`);
  await client.end();
}

/** Sends anything, as nobody; what comes back is kept. */
async function send(init: RequestInit, search = ''): Promise<number> {
  const response = await fetch(graph.url + search, { method: 'POST', ...init });
  answered += await response.text();
  return response.status;
}

const json = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

/** Sends one frame after the other, each when the one before was answered. Resolves to the code the gateway closed with. */
async function speak(...frames: string[]): Promise<number | undefined> {
  const socket = new WebSocket(graph.url.replace('http', 'ws'), 'graphql-transport-ws');
  const closed = once(socket, 'close') as Promise<[number]>;
  await once(socket, 'open');
  let code: number | undefined;
  for (const frame of frames) {
    const heard = once(socket, 'message');
    socket.send(frame);
    code = await Promise.race([heard.then(() => undefined), closed.then(([received]) => received)]);
    if (code !== undefined) return code;
  }
  socket.close();
  await closed;
  return undefined;
}

describe('Secrets', () => {
  it('are part of stories that end well', async () => {
    await ada.queryData('mutation Join($input: RegisterInput!) { register(input: $input) { accepted } }', {
      input: { email, name, password },
    });
    const { login } = await ada.queryData(LOGIN, { input: { email, password } });
    ada.authorization = `Bearer ${canaries.adopt('an access token', login.accessToken)}`;
    canaries.adopt('a refresh token', login.refreshToken);
    const enrolment = await ada.queryData(
      'mutation ($input: SecondFactorPasswordInput!) { enrolSecondFactor(input: $input) { secret url } }',
      { input: { password } },
    );
    canaries.adopt('a TOTP secret', enrolment.enrolSecondFactor.secret);
    const { me } = await ada.queryData('query CanaryStory { me { id email name organizations { id } } }');
    expect(me.email).toBe(email);
  }, 60_000);

  it('are part of requests that are refused', async () => {
    const token = canaries.plant('a forged token');
    expect(await send(json({ query: '{ me { id } }' }, { authorization: `Bearer ${token}.${token}.${token}` }))).toBe(
      401,
    );
    const literal = canaries.plant('a literal');
    expect(await send(json({ query: `{ me(id: "${literal}") { id } }` }))).toBe(400);
    expect(await send(json({ query: `{ me { "${canaries.plant('a syntax error')}" } }` }))).toBe(400);
    expect(await send({ ...json({}), body: `{"query": "${canaries.plant('a broken body')}` })).toBe(400);
    expect(await send({ method: 'GET' }, `?query={me(${canaries.plant('an address')})}`)).toBe(400);
    const wrong = { input: canaries.plant('a wrong variable') };
    expect(await send(json({ query: LOGIN, variables: wrong }))).toBe(400);
    const guess = { input: { email: 'grace@example.com', password: canaries.plant('a wrong password') } };
    expect(await send(json({ query: LOGIN, variables: guess }))).toBe(200);
    const key = { input: { apiKey: canaries.plant('an API key') } };
    const exchange = 'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { accessToken } }';
    expect(await send(json({ query: exchange, variables: key }))).toBe(200);
    const headers = { cookie: canaries.plant('a cookie'), 'x-anything': canaries.plant('a header') };
    expect(await send(json({ query: '{ me { id } }' }, headers))).toBe(200);
    expect(await send({ ...json({ query: '{ me { id } }' }, headers), method: 'PUT' })).toBe(405);
  }, 60_000);

  it('are part of what fails in a resolver, an event handler and a job', async () => {
    await sabotage('identity.user_account', canaries.plant('the database, in a resolver'));
    const failed = await new GraphClient(graph.url).query(
      'mutation ($input: RegisterInput!) { register(input: $input) { accepted } }',
      { input: { email: 'new@example.com', name: canaries.plant('a row that was refused'), password } },
    );
    expect(codeOf(failed)).toBe('INTERNAL_SERVER_ERROR');
    expect(failed.errors![0]!.extensions!['correlationId']).toMatch(/^[\w.-]{8,}$/);
    answered += JSON.stringify(failed);
    await restore('identity.user_account');
    await sabotage('messaging.recipient', canaries.plant('the database, in an event handler'));
    await register(new GraphClient(graph.url), 'third@example.com', canaries.plant('a name in an event'));
    await eventually(() => graph.messaging.output.includes('an event could not be handled'));
    await eventually(() => graph.messaging.output.includes('a job failed'));
    await restore('messaging.recipient');
  }, 60_000);

  it('are part of what is said on sockets', async () => {
    const init = (payload: object): string => JSON.stringify({ type: 'connection_init', payload });
    const forged = canaries.plant('a token on a socket');
    expect(await speak(init({ Authorization: `Bearer ${forged}.${forged}.${forged}` }))).toBe(4403);
    expect(await speak(`{"type": "${canaries.plant('a message')}"}`)).toBe(4400);
    const subscribe = (query: string, variables?: object): string =>
      JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } });
    const hello = init({ Authorization: ada.authorization, note: canaries.plant('a payload') });
    const literal = canaries.plant('a literal on a socket');
    expect(
      await speak(hello, subscribe(`subscription { notificationAdded(x: "${literal}") { title } }`)),
    ).toBeUndefined();
    const variables = { input: { email, password: canaries.plant('a password on a socket') } };
    expect(await speak(hello, subscribe(LOGIN, variables))).toBeUndefined();
  }, 60_000);

  it('are not there for somebody else', async () => {
    answered += JSON.stringify(await stranger.query('{ me { id email name organizations { name } } }'));
    answered += JSON.stringify(await stranger.query('{ users(first: 20) { edges { node { email name } } } }'));
    answered += JSON.stringify(await stranger.query('{ developmentMailbox(first: 20) { edges { node { text } } } }'));
    expect(answered).toContain('grace@example.com');
  }, 60_000);
});

describe('One correlation id', () => {
  it('is in what the gateway, a subgraph, an event handler and a job have in the log about one request', async () => {
    const id = 'story-of-one-request';
    const document = 'mutation ($input: RegisterInput!) { register(input: $input) { accepted } }';
    const variables = { input: { email: 'fourth@example.com', name: 'Fourth', password } };
    expect(await send(json({ query: document, variables }, { 'x-correlation-id': id }))).toBe(200);
    const told = (service: Service, message: string): boolean =>
      service.output.split('\n').some((line) => line.includes(id) && line.includes(message));
    await eventually(() => told(graph.gateway, 'An operation'));
    await eventually(() => told(graph.identity, 'an operation was answered'));
    await eventually(() => told(graph.messaging, 'an event was handled'));
    await eventually(() => told(graph.messaging, 'a job failed'));
  }, 60_000);
});

describe('None of them', () => {
  /** What was said to the one who sent it may quote it; to nobody else was anything of it said. */
  const ECHOED = ['a literal', 'a syntax error', 'an address', 'a wrong variable'];

  it('came back to anybody else', () => {
    expect(canaries.escaped(answered).filter((place) => !ECHOED.includes(place))).toEqual([]);
  });

  it('is in a metric', async () => {
    let text = '';
    for (const { port } of services()) {
      const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
      text += await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
    }
    expect(text).toMatch(/gateway_refusals_total\{code="UNAUTHENTICATED"\} \d/);
    expect(canaries.escaped(text)).toEqual([]);
  });

  it('is in a trace or in a log, once everybody has said all they had to say', async () => {
    await Promise.all(services().map((service) => service.end('SIGTERM')));
    // Both hold something of every process, also of what failed, or there would be nothing to find.
    for (const told of [
      'CanaryStory',
      'A request was refused',
      'unexpected error',
      'could not be handled',
      'a job failed',
    ]) {
      expect(logs()).toContain(told);
    }
    for (const service of ['gateway', 'identity', 'messaging']) {
      expect(collector.spans.some((span) => span.service === service)).toBe(true);
    }
    expect(collector.text).toContain('CanaryStory');
    expect(canaries.escaped(collector.text)).toEqual([]);
    expect(canaries.escaped(logs())).toEqual([]);
  }, 60_000);

  it('would have gone unnoticed', () => {
    for (const secret of [password, email]) {
      for (const text of [secret, `x ${secret} y`, btoa(`Basic ada:${secret}`), JSON.stringify({ secret })]) {
        expect(canaries.escaped(text)).not.toEqual([]);
      }
    }
  });
});
