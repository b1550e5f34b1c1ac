import { afterEach, describe, expect, it } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './support/eventually.ts';
import { LiveGateway, type LiveGatewayOptions } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';
import { connect, Subscriber } from './support/subscriber.ts';
import { authenticate, tokenFor } from './support/user-token.ts';

const SECRET = 'a-secret-of-this-test';
const STORIES = 'subscription { storyPublished { title } }';
const WITH_AUTHOR = 'subscription { storyPublished { title author { name } } }';

describe('the socket to a subgraph', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  const clients: Client[] = [];

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    await gateway.stop();
    await newsroom.stop();
  });

  async function start(options: LiveGatewayOptions = {}, secret?: string): Promise<void> {
    newsroom = await new Newsroom(secret).start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], options);
  }

  function subscriber(query: string): Subscriber {
    const client = connect(gateway.url);
    clients.push(client);
    return new Subscriber(client, query);
  }

  it('is only opened when somebody subscribes, and closed some time after the last has left', async () => {
    await start({ upstream: { idleCloseMs: 50 } });
    expect(newsroom.stories.signatures).toHaveLength(0);
    const reader = subscriber(STORIES);
    void reader.next();
    await newsroom.hasReaders(1);
    await reader.cancel();
    await newsroom.hasReaders(0);
    expect(newsroom.stories.openSockets).toBe(1);
    await eventually(() => newsroom.stories.openSockets === 0);
    expect(await gateway.metric('gateway_upstream_sockets_open')).toBe(0);
  });

  it('stays open for who subscribes before it is closed', async () => {
    await start({ upstream: { idleCloseMs: 100 } });
    const first = subscriber(STORIES);
    void first.next();
    await newsroom.hasReaders(1);
    await first.cancel();
    await newsroom.hasReaders(0);
    const event = subscriber(STORIES).next();
    await newsroom.hasReaders(1);
    await sleep(150);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toEqual({ data: { storyPublished: { title: 'Rain' } } });
    expect(newsroom.stories.signatures).toHaveLength(1);
  });

  it('is signed, and signed anew when it is opened again', async () => {
    await start({ upstream: { signingSecret: SECRET } }, SECRET);
    const event = subscriber(STORIES).next();
    await newsroom.hasReaders(1);
    await newsroom.stories.kill();
    newsroom.closeDown();
    await sleep(5);
    await newsroom.stories.start();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    await event;
    expect(new Set(newsroom.stories.signatures).size).toBe(2);
  });

  it('is refused unsigned by a subgraph that wants a signature, which subscribers see as a subgraph that is away', async () => {
    await start({ upstream: { unavailableAfterMs: 100 } }, SECRET);
    const errors = await subscriber(STORIES).errors();
    expect(errors).toEqual([
      {
        message: "Subgraph 'stories' is unavailable",
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'stories' },
      },
    ]);
    expect(newsroom.stories.signatures).toHaveLength(0);
  });

  it('comes back after the subgraph was killed, and everybody is subscribed again without noticing', async () => {
    await start();
    const readers = [subscriber(WITH_AUTHOR), subscriber(WITH_AUTHOR), subscriber(STORIES)];
    const events = Promise.all(readers.map((reader) => reader.next()));
    await newsroom.hasReaders(3);
    await newsroom.stories.kill();
    newsroom.closeDown();
    await sleep(60);
    await newsroom.stories.start();
    await newsroom.hasReaders(3);
    expect(newsroom.stories.openSockets).toBe(1);
    newsroom.publish({ id: '1', title: 'Sun', authorId: 'bob' });
    for (const event of await events) expect(event).toMatchObject({ data: { storyPublished: { title: 'Sun' } } });
    expect(await gateway.metric('gateway_upstream_reconnects_total')).toBeGreaterThan(0);
  });

  it('subscribes again with the token that was refreshed in the meantime', async () => {
    await start({ authenticate });
    const [old, fresh] = [
      tokenFor('0198c0de-0000-7000-8000-000000000001'),
      tokenFor('0198c0de-0000-7000-8000-000000000001', 600),
    ];
    const socket = await RawSocket.initialised(gateway.url, { token: old });
    socket.subscribe('1', STORIES);
    await newsroom.hasReaders(1);
    socket.send({ type: 'ping', payload: { token: fresh } });
    await socket.receive();
    await newsroom.stories.kill();
    newsroom.closeDown();
    await newsroom.stories.start();
    await newsroom.hasReaders(1);
    const sent = newsroom.stories.subscribed.map(({ extensions }) => extensions?.authorization);
    expect(sent).toEqual([`Bearer ${old}`, `Bearer ${fresh}`]);
    socket.socket.terminate();
  });

  it('tells its subscribers when the subgraph stays away, and serves the next who comes when it is back', async () => {
    await start({ upstream: { unavailableAfterMs: 150 } });
    const errors = subscriber(STORIES).errors();
    await newsroom.hasReaders(1);
    await newsroom.stories.kill();
    newsroom.closeDown();
    expect(await errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'stories' } }]);
    expect(JSON.stringify(await errors)).not.toContain('127.0.0.1');
    await newsroom.stories.start();
    const event = subscriber(STORIES).next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toEqual({ data: { storyPublished: { title: 'Rain' } } });
  });

  it('carries so many subscriptions and no more; whoever comes when there is room again is served', async () => {
    await start({ upstream: { maxSubscriptions: 2 } });
    const readers = [subscriber(STORIES), subscriber(STORIES)];
    const events = readers.map((reader) => reader.next());
    await newsroom.hasReaders(2);
    expect(await subscriber(STORIES).errors()).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect(newsroom.stories.subscribed).toHaveLength(2);
    await readers[0]!.cancel();
    await newsroom.hasReaders(1);
    const late = subscriber(STORIES).next();
    await newsroom.hasReaders(2);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await events[1]).toEqual(await late);
  });

  it('is given up on a peer that answers no pings', async () => {
    await start({ upstream: { keepAliveMs: 50, unavailableAfterMs: 5_000 } });
    const event = subscriber(STORIES).next();
    await newsroom.hasReaders(1);
    newsroom.stories.freeze();
    // The hung process still counts the reader it has lost.
    await newsroom.hasReaders(2);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toEqual({ data: { storyPublished: { title: 'Rain' } } });
  });

  it('does not disturb other subgraphs when one is away: the event arrives without what that one knows', async () => {
    await start();
    const event = subscriber(WITH_AUTHOR).next();
    await newsroom.hasReaders(1);
    await newsroom.people.kill();
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toMatchObject({ data: null, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    await newsroom.people.start();
  });
});
