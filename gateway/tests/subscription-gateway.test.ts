import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import type { Client } from 'graphql-ws';
import { parse } from 'graphql';
import { type RunningGateway, startGateway } from '../src/start-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';
import { connect, Subscriber } from './support/subscriber.ts';

const SECRET = 'a-secret-of-this-test';
const WITH_AUTHOR = 'subscription { storyPublished { title author { name } } }';

describe('the whole gateway, over a socket', () => {
  let newsroom: Newsroom;
  let running: RunningGateway;
  let client: Client;

  beforeAll(async () => {
    newsroom = await new Newsroom(SECRET).start();
    const subgraphs = [newsroom.stories, newsroom.people];
    const { supergraphSdl } = composeServices(
      subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
    );
    running = await startGateway({
      supergraphSdl: supergraphSdl!,
      host: '127.0.0.1',
      port: 0,
      signingSecret: SECRET,
      corsOrigins: ['https://app.example.com'],
      maxOperationsPerSocket: 2,
      logLevel: 'silent',
    });
    client = connect(socketUrl());
  });

  afterAll(async () => {
    await client.dispose();
    await running.stop();
    await newsroom.stop();
  });

  function socketUrl(): string {
    return `ws://127.0.0.1:${running.port}/graphql`;
  }

  async function overHttp(query: string): Promise<Record<string, unknown>> {
    const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  it.each([
    ['GraphiQL’s own', () => `http://127.0.0.1:${running.port}`, true],
    ['one that may call over HTTP', () => 'https://app.example.com', true],
    ['any other', () => 'https://evil.example', false],
  ])('lets in the pages of those origins that it is to let in, such as %s', async (_, origin, isLetIn) => {
    const opening = RawSocket.open(socketUrl(), undefined, { headers: { origin: origin() } });
    const outcome = await opening.then(
      ({ socket }) => (socket.terminate(), true),
      ({ message }: Error) => message,
    );
    expect(outcome).toBe(isLetIn || 'Unexpected server response: 403');
  });

  it('holds a socket to the limits of its settings', async () => {
    const socket = await RawSocket.initialised(socketUrl());
    for (const id of ['1', '2', '3']) socket.subscribe(id, WITH_AUTHOR);
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many operations' });
    await newsroom.hasReaders(0);
  });

  it('joins events through its own calls to the subgraphs', async () => {
    const event = new Subscriber(client, WITH_AUTHOR).next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toEqual({ data: { storyPublished: { title: 'Rain', author: { name: 'Name of ada' } } } });
    newsroom.closeDown();
  });

  it.each(['{ latestTitle }', 'mutation { rename(title: "Sun") }', '{ __typename }'])(
    'answers %s as it does over HTTP',
    async (query) => {
      const result = await new Subscriber(client, query).next();
      expect(result).toEqual(await overHttp(query));
      expect(result).not.toHaveProperty('errors');
    },
  );

  it.each(['{ latestTitle', '{ price }', 'query ($id: ID!) { person(id: $id) { name } }'])(
    'refuses %s as it does over HTTP',
    async (query) => {
      const errors = await new Subscriber(client, query).errors();
      expect(errors.length).toBeGreaterThan(0);
      expect({ errors }).toEqual(await overHttp(query));
    },
  );

  it('says of an event which subgraph was away, and nothing about where that is', async () => {
    const subscriber = new Subscriber(client, WITH_AUTHOR);
    const event = subscriber.next();
    await newsroom.hasReaders(1);
    await newsroom.people.kill();
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'people' } }],
    });
    expect(JSON.stringify(await event)).not.toMatch(/127\.0\.0\.1|ECONN|serviceName/);
    await newsroom.people.start();
    newsroom.closeDown();
  });

  it('closes its sockets with 1001 when it stops', async () => {
    const socket = await RawSocket.initialised(socketUrl());
    socket.subscribe('1', WITH_AUTHOR);
    await newsroom.hasReaders(1);
    await running.stop();
    expect((await socket.closed).code).toBe(1001);
    await newsroom.hasReaders(0);
  });
});
