import { afterEach, describe, expect, it } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { eventually } from './support/eventually.ts';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';
import { connect, Subscriber } from './support/subscriber.ts';

const STORIES = 'subscription { storyPublished { title } }';
const WITH_AUTHOR = 'subscription { storyPublished { title author { name } } }';

describe('a graph that is swapped', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  let client: Client;

  afterEach(async () => {
    await client.dispose();
    await gateway.stop();
    await newsroom.stop();
  });

  async function subscribed(query: string): Promise<{ event: ReturnType<Subscriber['next']> }> {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people]);
    client = connect(gateway.url);
    const event = new Subscriber(client, query).next();
    await newsroom.hasReaders(1);
    return { event };
  }

  it('leaves the publisher alone when it is asked the same as before', async () => {
    const { event } = await subscribed(WITH_AUTHOR);
    gateway.serve([newsroom.stories, newsroom.people]);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toEqual({ data: { storyPublished: { title: 'Rain', author: { name: 'Name of ada' } } } });
    expect(newsroom.stories.subscribed).toHaveLength(1);
  });

  it('takes running subscriptions along to where the subgraphs are now', async () => {
    const { event } = await subscribed(WITH_AUTHOR);
    const moved = await new Newsroom().start();
    gateway.serve([moved.stories, moved.people]);
    await newsroom.hasReaders(0);
    await moved.hasReaders(1);
    newsroom.publish({ id: '1', title: 'From the old place', authorId: 'ada' });
    moved.publish({ id: '2', title: 'From the new place', authorId: 'ada' });
    expect(await event).toMatchObject({ data: { storyPublished: { title: 'From the new place' } } });
    expect(moved.people.authorizations).toHaveLength(1);
    await moved.stop();
  });

  it('ends a subscription that it has no room for any more, and says why', async () => {
    const { event } = await subscribed(STORIES);
    gateway.serve([newsroom.stories.with('title: String! }', '}'), newsroom.people]);
    await expect(event).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    await newsroom.hasReaders(0);
  });
});

describe('a gateway that stops', () => {
  it('closes sockets with 1001, refuses new ones and lets go of the subgraphs', async () => {
    const newsroom = await new Newsroom().start();
    const gateway = await LiveGateway.start([newsroom.stories, newsroom.people]);
    const socket = await RawSocket.initialised(gateway.url);
    socket.subscribe('1', STORIES);
    await newsroom.hasReaders(1);
    const drained = gateway.sockets.drain();
    await expect(RawSocket.open(gateway.url)).rejects.toThrow('503');
    await drained;
    expect(await socket.closed).toEqual({ code: 1001, reason: 'Going away' });
    await newsroom.hasReaders(0);
    await eventually(() => newsroom.stories.openSockets === 0);
    await gateway.stop();
    await newsroom.stop();
  });

  it('answers queries and mutations that are under way before it closes their sockets, and takes no new ones', async () => {
    const newsroom = await new Newsroom().start();
    let answer: (() => void) | undefined;
    const gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      execute: () => new Promise((resolve) => (answer = () => resolve({ data: { latestTitle: 'Rain' } }))),
    });
    const socket = await RawSocket.initialised(gateway.url);
    socket.subscribe('1', '{ latestTitle }');
    await eventually(() => answer !== undefined);
    const drained = gateway.sockets.drain();
    socket.subscribe('2', '{ latestTitle }');
    expect(await socket.receive()).toMatchObject({ id: '2', payload: [{ extensions: { code: 'OVERLOADED' } }] });
    answer!();
    expect(await socket.receive()).toMatchObject({ id: '1', payload: { data: { latestTitle: 'Rain' } } });
    await drained;
    expect((await socket.closed).code).toBe(1001);
    await gateway.stop();
    await newsroom.stop();
  });

  it('does not wait for ever for a client that does not answer', async () => {
    const newsroom = await new Newsroom().start();
    const gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      settings: { socketCloseTimeoutMs: 100 },
    });
    const socket = await RawSocket.initialised(gateway.url);
    socket.socket.pause();
    const start = performance.now();
    await gateway.sockets.drain();
    expect(performance.now() - start).toBeLessThan(2_000);
    socket.socket.terminate();
    await gateway.stop();
    await newsroom.stop();
  });
});
