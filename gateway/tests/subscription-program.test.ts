import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { SILENT_SPAN } from '@supergraph/telemetry';
import { parse } from 'graphql';
import { OperationRecord } from '../src/observation/operation.record.ts';
import { SocketRequestContext } from '../src/sockets/socket-request.context.ts';
import { SubscriptionProgram } from '../src/subscriptions/subscription.program.ts';
import { loadGraph } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';

describe('a planned subscription', () => {
  // Composed, but not started: what is proven here needs no network.
  const { stories, people } = new Newsroom();
  const context = new SocketRequestContext(
    { clientAddress: '192.0.2.1', headers: {} },
    {},
    new OperationRecord('correlation-1', SILENT_SPAN),
    createLogger('gateway', 'silent'),
  );
  let graph: ReturnType<typeof loadGraph>;

  beforeAll(() => {
    graph = loadGraph([stories, people], 1);
  });

  function program(query: string, on = graph): SubscriptionProgram {
    return new SubscriptionProgram(on, parse(query));
  }

  it('asks the publisher for what the join needs, with no more variables than that takes', () => {
    const planned = program(
      'subscription ($topic: String, $with: Boolean!) { storyPublished(topic: $topic) { author { name @include(if: $with) } } }',
    );
    const { query, variables } = planned.request({ topic: 'sport', with: true });
    expect(planned.publisher.name).toBe('stories');
    expect(query).toMatch(/^subscription.*author\s*{\s*__typename\s+id\s*}/s);
    expect(variables).toEqual({ topic: 'sport' });
  });

  it('names the field in which an event breaks the schema', async () => {
    const event = { data: { storyPublished: { title: null } } };
    const result = await program('subscription { storyPublished { title } }').complete(event, {}, context);
    expect(result.data).toBeNull();
    expect(result.errors).toMatchObject([{ path: ['storyPublished', 'title'] }]);
  });

  it('gives no field to the client that was not asked for, even if the publisher sends it', async () => {
    const event = { data: { storyPublished: { title: 'Rain', secret: 'x' } } };
    const result = await program('subscription { storyPublished { title } }').complete(event, {}, context);
    expect(result.data).toEqual({ storyPublished: { title: 'Rain' } });
  });

  it('knows when the publisher would notice a difference', () => {
    const query = 'subscription { storyPublished { title } }';
    const reloaded = loadGraph([stories, people], 2);
    const moved = loadGraph([{ name: stories.name, sdl: stories.sdl, url: 'http://elsewhere/graphql' }, people], 2);
    expect(program(query).asksTheSameAs(program(query, reloaded))).toBe(true);
    expect(program(query).asksTheSameAs(program(query, moved))).toBe(false);
    expect(program(query).asksTheSameAs(program('subscription { storyPublished { id } }'))).toBe(false);
  });
});
