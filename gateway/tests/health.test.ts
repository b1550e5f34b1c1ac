import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { hang } from './support/http-subgraph.ts';
import { Library } from './support/library.ts';

describe('The health of the gateway', () => {
  let library: Library;
  let gateway: RunningGateway;

  beforeEach(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, signingSecret: 'a secret of this test' });
  });

  afterEach(async () => {
    await gateway.stop();
    await library.stop();
  });

  const health = (path: string) => fetch(`http://127.0.0.1:${gateway.port}/health/${path}`);
  const up = { status: 'up', latencyMs: expect.any(Number), circuit: 'closed' };

  it('is live, started and ready when a graph is loaded', async () => {
    for (const path of ['live', 'startup', 'ready']) expect((await health(path)).status).toBe(200);
    expect((await health('else')).status).toBe(404);
  });

  it('tells the state of each subgraph and stays ready when one is down', async () => {
    await library.books.stop();
    const answer = await health('ready');
    const text = await answer.text();
    await library.books.start();
    expect(answer.status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      status: 'ready',
      subgraphs: { readers: up, books: { ...up, status: 'down' } },
    });
    expect(text).not.toContain('127.0.0.1');
  });

  it('takes a subgraph that hangs for down, without waiting long', async () => {
    library.books.always = hang;
    const startedAt = performance.now();
    expect(await (await health('ready')).json()).toMatchObject({
      subgraphs: { books: { status: 'down' }, readers: up },
    });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('asks subgraphs, signed, no more than once a second however often it is asked', async () => {
    await Promise.all(Array.from({ length: 20 }, () => health('ready')));
    expect(library.books.calls).toHaveLength(1);
    expect(library.books.calls[0]!.headers['x-supergraph-signature']).toMatch(/^t=/);
  });
});

describe('A gateway that is told to stop', () => {
  let library: Library;

  beforeEach(async () => {
    library = await new Library().start();
  });

  afterEach(() => library.stop());

  const reachesTheSubgraph = async () => {
    while (library.books.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('answers what is under way and takes nothing new', async () => {
    const gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl });
    library.books.delayMs = 150;
    const underWay = ask(gateway, '{ topBook { title } }');
    await reachesTheSubgraph();
    const stopped = gateway.stop();
    // What came on a connection that was open already is answered too, and told that it was the last.
    const refused = async () => {
      for (;;) await ask(gateway, '{ __typename }');
    };
    await expect(refused()).rejects.toThrow('fetch failed');
    const { data, headers } = await underWay;
    expect(data).toEqual({ topBook: { title: 'Persuasion' } });
    expect(headers.get('connection')).toBe('close');
    await stopped;
    await gateway.stop();
  });

  it('says so before it does, and that each answer meanwhile is the last on its connection', async () => {
    const gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, shutdownDelayMs: 500 });
    const stopped = gateway.stop();
    const health = await fetch(`http://127.0.0.1:${gateway.port}/health/ready`);
    expect([health.status, await health.json()]).toEqual([503, { status: 'draining' }]);
    const { data, headers } = await ask(gateway, '{ topBook { title } }');
    expect(data).toEqual({ topBook: { title: 'Persuasion' } });
    expect(headers.get('connection')).toBe('close');
    await stopped;
  });

  it('does not wait for ever', async () => {
    const settings = { supergraphSdl: library.supergraphSdl, drainTimeoutMs: 100, subgraphTimeoutMs: 60_000 };
    const gateway = await startTestGateway(settings);
    library.books.always = hang;
    const cutOff = ask(gateway, '{ topBook { title } }').catch((error: Error) => error.message);
    await reachesTheSubgraph();
    const startedAt = performance.now();
    await gateway.stop();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await cutOff).toBe('fetch failed');
  });
});
