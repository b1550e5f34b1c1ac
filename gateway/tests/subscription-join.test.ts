import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { connect, Subscriber } from './support/subscriber.ts';

const WITH_AUTHOR = 'subscription ($topic: String) { storyPublished(topic: $topic) { title author { name tags } } }';

describe('a subscription over two subgraphs', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  const clients: Client[] = [];

  beforeAll(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people]);
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    await newsroom.hasReaders(0);
  });

  afterAll(async () => {
    await gateway.stop();
    await newsroom.stop();
  });

  function client(connectionParams?: Record<string, unknown>): Client {
    const connected = connect(gateway.url, connectionParams);
    clients.push(connected);
    return connected;
  }

  it('joins each event with what the other subgraph knows', async () => {
    const subscriber = new Subscriber(client(), WITH_AUTHOR);
    const first = subscriber.next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    newsroom.publish({ id: '2', title: 'Sun', authorId: 'bob' });
    expect(await first).toEqual({
      data: { storyPublished: { title: 'Rain', author: { name: 'Name of ada', tags: ['ada'] } } },
    });
    expect(await subscriber.next()).toEqual({
      data: { storyPublished: { title: 'Sun', author: { name: 'Name of bob', tags: ['bob'] } } },
    });
  });

  it('shows nothing that was only fetched to join', async () => {
    const subscriber = new Subscriber(client(), 'subscription { storyPublished(topic: "sky") { author { name } } }');
    const event = subscriber.next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada', topic: 'sky' });
    expect(await event).toEqual({ data: { storyPublished: { author: { name: 'Name of ada' } } } });
  });

  it('projects aliases and fragments of an event that needs no other subgraph', async () => {
    const subscriber = new Subscriber(
      client(),
      'subscription { news: storyPublished { ...Head } } fragment Head on Story { __typename headline: title }',
    );
    const event = subscriber.next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toEqual({ data: { news: { __typename: 'Story', headline: 'Rain' } } });
  });

  it('passes the arguments on to the publisher', async () => {
    const subscriber = new Subscriber(client(), WITH_AUTHOR, { topic: 'sport' });
    const event = subscriber.next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada', topic: 'weather' });
    newsroom.publish({ id: '2', title: 'Goal', authorId: 'bob', topic: 'sport' });
    expect(await event).toMatchObject({ data: { storyPublished: { title: 'Goal' } } });
  });

  it('never shares the data of an event between subscribers', async () => {
    const joined = new Subscriber(client(), WITH_AUTHOR);
    const plain = new Subscriber(client(), 'subscription { storyPublished { title author { id } } }');
    const events = Promise.all([joined.next(), plain.next()]);
    await newsroom.hasReaders(2);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    const [withAuthor, withoutAuthor] = await events;
    expect(withAuthor).toEqual({
      data: { storyPublished: { title: 'Rain', author: { name: 'Name of ada', tags: ['ada'] } } },
    });
    expect(withoutAuthor).toEqual({ data: { storyPublished: { title: 'Rain', author: { id: 'ada' } } } });
  });

  it('asks the other subgraph anew for every event', async () => {
    const before = newsroom.people.authorizations.length;
    const subscriber = new Subscriber(client(), WITH_AUTHOR);
    const first = subscriber.next();
    await newsroom.hasReaders(1);
    for (const id of ['1', '2', '3']) newsroom.publish({ id, title: 'Rain', authorId: 'ada' });
    await first;
    await subscriber.next();
    await subscriber.next();
    expect(newsroom.people.authorizations.length - before).toBe(3);
  });

  it('places the error of a joined field, masks it and still delivers the event', async () => {
    const subscriber = new Subscriber(client(), WITH_AUTHOR);
    const event = subscriber.next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'broken' });
    newsroom.publish({ id: '2', title: 'Sun', authorId: 'ada' });
    expect(await event).toEqual({
      data: null,
      errors: [
        {
          message: 'Internal server error',
          path: ['storyPublished', 'author'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: expect.any(String) },
        },
      ],
    });
    expect(await subscriber.next()).toMatchObject({ data: { storyPublished: { title: 'Sun' } } });
  });

  it('masks the fault of a publisher inside an event', async () => {
    const subscriber = new Subscriber(client(), 'subscription { storyOfNobody { title } }');
    const event = subscriber.next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await event).toMatchObject({
      data: { storyOfNobody: null },
      errors: [{ message: 'Internal server error', path: ['storyOfNobody'] }],
    });
  });

  it('passes on why a publisher refuses a subscription', async () => {
    const refused = new Subscriber(client(), 'subscription { storyRefused(code: "FORBIDDEN") { title } }');
    expect(await refused.errors()).toEqual([
      { message: 'Not for you', path: ['storyRefused'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it.each([
    ['a code of its own', 'DATABASE_IS_FULL'],
    ['a complaint about the document, which we wrote', 'GRAPHQL_VALIDATION_FAILED'],
  ])('masks a refusal with %s', async (_, code) => {
    const refused = new Subscriber(client(), 'subscription ($code: String!) { storyRefused(code: $code) { title } }', {
      code,
    });
    expect(await refused.errors()).toEqual([
      {
        message: 'Internal server error',
        path: ['storyRefused'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: expect.any(String) },
      },
    ]);
  });

  it.each([
    ['a field the schema does not have', 'subscription { storyPublished { price } }'],
    ['two root fields', 'subscription { storyPublished { id } storyOfNobody { id } }'],
    ['a condition on the root field', 'subscription { storyPublished @include(if: true) { id } }'],
    ['a variable condition', 'subscription ($on: Boolean = true) { storyPublished @include(if: $on) { id } }'],
  ])('refuses %s', async (_, query) => {
    const errors = await new Subscriber(client(), query).errors();
    expect(errors[0]?.extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(newsroom.readers).toBe(0);
  });

  it('refuses variables that do not fit', async () => {
    const errors = await new Subscriber(client(), WITH_AUTHOR, { topic: { not: 'a string' } }).errors();
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('completes when the publisher does, and not before its last event is delivered', async () => {
    const subscriber = new Subscriber(client(), WITH_AUTHOR);
    const event = subscriber.next();
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    await event;
    const end = subscriber.next();
    newsroom.closeDown();
    expect(await end).toBeUndefined();
  });

  it('ends at the publisher when the client cancels', async () => {
    const subscriber = new Subscriber(client(), WITH_AUTHOR);
    void subscriber.next();
    await newsroom.hasReaders(1);
    expect(await gateway.metric('gateway_subscriptions_active')).toBe(1);
    await subscriber.cancel();
    await newsroom.hasReaders(0);
    expect(await gateway.metric('gateway_subscriptions_active')).toBe(0);
  });

  it('carries all subscriptions of all clients over one socket to the publisher', async () => {
    const subscribers = Array.from({ length: 20 }, () => new Subscriber(client(), WITH_AUTHOR));
    const events = Promise.all(subscribers.map((subscriber) => subscriber.next()));
    await newsroom.hasReaders(20);
    expect(newsroom.stories.openSockets).toBe(1);
    expect(await gateway.metric('gateway_sockets_open')).toBe(20);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    for (const event of await events) expect(event).toMatchObject({ data: { storyPublished: { title: 'Rain' } } });
  });

  it('is quick: from publication to the client, one join included', async () => {
    const subscriber = new Subscriber(client(), WITH_AUTHOR);
    let event = subscriber.next();
    await newsroom.hasReaders(1);
    const durations: number[] = [];
    for (let i = 0; i < 30; i++) {
      const start = performance.now();
      newsroom.publish({ id: String(i), title: 'Rain', authorId: 'ada' });
      await event;
      durations.push(performance.now() - start);
      event = subscriber.next();
    }
    // The lower quartile, because the machine may be busy with other tests.
    expect(durations.sort((a, b) => a - b)[7]).toBeLessThan(20);
  });
});
