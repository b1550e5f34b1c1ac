import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, type AccessTokenClaims } from '@supergraph/protocol';
import { parse } from 'graphql';
import { SILENT_SPAN } from '@supergraph/telemetry';
import { Registry } from 'prom-client';
import { Authorization } from '../src/authorization/authorization.ts';
import { Policies } from '../src/authorization/policies.ts';
import { RefusalLog } from '../src/guard/refusal.log.ts';
import { OperationRecord } from '../src/observation/operation.record.ts';
import { SocketRequestContext } from '../src/sockets/socket-request.context.ts';
import { SubscriptionCompiler } from '../src/subscriptions/subscription.compiler.ts';
import { eventually } from './support/eventually.ts';
import { LiveGateway, loadGraph } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';
import { authenticate, tokenFor } from './support/user-token.ts';

const STORY = { id: '1', title: 'Rain', authorId: 'ada' };
const QUERY = 'subscription { storyPublished { title topic: id author { name } } }';

/** The newsroom with rules: of a story everybody may see the title, and of its author, whoever may read people. */
function guarded({ stories, people }: Newsroom) {
  const link = [
    /@link\(.*\)/,
    '@link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", "@authenticated", "@requiresScopes"])',
  ] as const;
  return [
    {
      ...{ name: stories.name, url: stories.url },
      sdl: stories.sdl
        .replace(...link)
        .replace('type Story { id: ID!', 'type Story { id: ID @authenticated')
        .replace('storyOfNobody: Story', 'storyOfNobody: Story @requiresScopes(scopes: [["news:read"]])'),
    },
    {
      ...{ name: people.name, url: people.url },
      sdl: people.sdl
        .replace(...link)
        .replace('name: String!', 'name: String @requiresScopes(scopes: [["people:read"]])'),
    },
  ];
}

describe('A subscription', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  let socket: RawSocket;
  const user = randomUUID();
  const tokenWith = (scope: string) => tokenFor(user, 900, { scope });

  beforeAll(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start(guarded(newsroom), { authenticate });
  });

  beforeEach(() => {
    newsroom.stories.subscribed.length = 0;
    newsroom.people.authorizations.length = 0;
  });

  afterEach(async () => {
    socket.socket.terminate();
    await newsroom.hasReaders(0);
  });

  afterAll(async () => {
    await gateway.stop();
    await newsroom.stop();
  });

  async function subscribed(query: string, token?: string): Promise<void> {
    socket = await RawSocket.initialised(gateway.url, token ? { token } : undefined);
    socket.subscribe('1', query);
  }

  async function refreshed(token: string): Promise<void> {
    socket.send({ type: 'ping', payload: { token } });
    expect(await socket.receive()).toEqual({ type: 'pong' });
  }

  const asked = () => newsroom.stories.subscribed.at(-1)?.query;

  it('of what the caller may not see is refused, and nothing is subscribed', async () => {
    await subscribed('subscription { storyOfNobody { title } }', tokenWith('other'));
    expect(await socket.receive()).toMatchObject({
      type: 'error',
      payload: [{ message: 'You may not see this.', path: ['storyOfNobody'], extensions: { code: 'FORBIDDEN' } }],
    });
    expect(newsroom.stories.subscribed).toEqual([]);
  });

  it('has null and an error in every event for what the caller may not see, and asks nobody for it', async () => {
    await subscribed(QUERY);
    await newsroom.hasReaders(1);
    for (let event = 0; event < 2; event++) {
      newsroom.publish(STORY);
      expect(await socket.receive()).toMatchObject({
        payload: {
          data: { storyPublished: { title: 'Rain', topic: null, author: { name: null } } },
          errors: [
            { path: ['storyPublished', 'topic'], extensions: { code: 'UNAUTHENTICATED' } },
            { path: ['storyPublished', 'author', 'name'], extensions: { code: 'UNAUTHENTICATED' } },
          ],
        },
      });
    }
    expect(asked()).not.toMatch(/topic/);
    expect(newsroom.people.authorizations).toEqual([]);
  });

  it('of somebody who may see it all is as ever', async () => {
    await subscribed(QUERY, tokenWith('people:read'));
    await newsroom.hasReaders(1);
    newsroom.publish(STORY);
    expect(await socket.receive()).toMatchObject({
      payload: { data: { storyPublished: { title: 'Rain', topic: '1', author: { name: 'Name of ada' } } } },
    });
  });

  it('shows more once the token is refreshed to more, and less once it is refreshed to less', async () => {
    const author = async () => {
      newsroom.publish(STORY);
      const { payload } = (await socket.receive()) as { payload: { data: { storyPublished: { author: unknown } } } };
      return payload.data.storyPublished.author;
    };
    await subscribed('subscription { storyPublished { author { name } } }', tokenWith(''));
    await newsroom.hasReaders(1);
    expect(await author()).toEqual({ name: null });
    await refreshed(tokenWith('people:read'));
    await eventually(() => newsroom.stories.subscribed.length === 2 && newsroom.readers === 1);
    expect(await author()).toEqual({ name: 'Name of ada' });
    await refreshed(tokenWith('something:else'));
    await eventually(() => newsroom.stories.subscribed.length === 3 && newsroom.readers === 1);
    newsroom.people.authorizations.length = 0;
    expect(await author()).toEqual({ name: null });
    expect(newsroom.people.authorizations).toEqual([]);
  });

  it('ends once the token is refreshed to nothing of it', async () => {
    await subscribed('subscription { storyOfNobody { title } }', tokenWith('news:read'));
    await newsroom.hasReaders(1);
    socket.send({ type: 'ping', payload: { token: tokenWith('') } });
    const messages = [await socket.receive(), await socket.receive()];
    expect(messages.find(({ type }) => type === 'error')).toMatchObject({
      payload: [{ path: ['storyOfNobody'], extensions: { code: 'FORBIDDEN' } }],
    });
    await newsroom.hasReaders(0);
  });
});

describe('An event that has waited', () => {
  const { stories, people } = new Newsroom();
  const logger = createLogger('gateway', 'silent');
  const authorization = new Authorization({
    ...{
      policies: new Policies(),
      log: new RefusalLog(logger, new Registry()),
      logger,
      errorLimit: 100,
      fieldLimit: 100,
    },
  });
  const compiler = new SubscriptionCompiler(authorization);
  const as = (claims?: Partial<AccessTokenClaims>) =>
    new SocketRequestContext(
      { clientAddress: '192.0.2.1', headers: {} },
      { claims: claims as AccessTokenClaims },
      new OperationRecord('correlation-1', SILENT_SPAN),
      logger,
    );
  const event = () => ({ data: { storyPublished: { title: 'Rain', topic: '1' } } });

  it('is shown as far as the caller may see it now, and could see it then', async () => {
    const graph = loadGraph(guarded({ stories, people } as Newsroom), 1);
    const query = 'subscription { storyPublished { title topic: id } }';
    const request = { query, document: parse(query), variables: {} };
    const [nobody, somebody] = [as(), as({ sub: randomUUID(), scope: '' })];
    const then = compiler.compile(graph, request, somebody);
    expect((await then.complete(event(), {}, somebody)).data).toEqual({
      storyPublished: { title: 'Rain', topic: '1' },
    });
    expect((await then.complete(event(), {}, nobody)).data).toEqual({ storyPublished: { title: 'Rain', topic: null } });
    const less = compiler.compile(graph, request, nobody);
    expect((await less.complete(event(), {}, somebody)).data).toEqual({
      storyPublished: { title: 'Rain', topic: null },
    });
  });
});
