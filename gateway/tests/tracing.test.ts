import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CollectedSpan, TraceCollector } from '@supergraph/testkit';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';

const FAVOURITES = 'query Favourites { reader(id: "1") { name favourites { title } } }';

describe('The trace of an operation', () => {
  let library: Library;
  let collector: TraceCollector;
  let gateway: RunningGateway;

  beforeEach(async () => {
    library = await new Library().start();
    collector = await new TraceCollector().start();
    gateway = await startTestGateway({
      supergraphSdl: library.supergraphSdl,
      tracing: { endpoint: `${collector.url}/v1/traces`, ratio: 1 },
    });
  });

  afterEach(async () => {
    await gateway.stop();
    await collector.stop();
    await library.stop();
  });

  /** The spans of everything asked so far; the gateway sends the last when it stops. */
  async function spans(): Promise<readonly CollectedSpan[]> {
    await gateway.stop();
    return collector.spans;
  }

  it('has the request, what was done to understand it, and every call of a subgraph', async () => {
    const { headers } = await ask(gateway, FAVOURITES);
    const all = await spans();
    const root = all.find(({ parentSpanId }) => parentSpanId === undefined)!;
    expect(root).toMatchObject({
      service: 'gateway',
      name: 'query',
      attributes: {
        'graphql.operation.name': 'Favourites',
        'graphql.operation.type': 'query',
        'http.response.status_code': 200,
        'supergraph.correlation_id': headers.get('x-correlation-id'),
      },
    });
    const steps = all.filter((span) => span !== root);
    expect(steps.map(({ name, attributes }) => attributes['supergraph.subgraph'] ?? name)).toEqual(
      expect.arrayContaining(['parse', 'validate', 'plan', 'readers', 'books']),
    );
    expect(steps.every(({ parentSpanId, traceId }) => parentSpanId === root.spanId && traceId === root.traceId)).toBe(
      true,
    );
  });

  it('does not understand the same document twice', async () => {
    await ask(gateway, FAVOURITES);
    await ask(gateway, FAVOURITES);
    const names = (await spans()).map(({ name }) => name);
    expect(names.filter((name) => name === 'query')).toHaveLength(2);
    expect(names.filter((name) => name === 'plan')).toHaveLength(1);
  });

  it('goes on from the client to the subgraph', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await ask(gateway, '{ topBook { title } }', { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
    const call = (await spans()).find(({ attributes }) => attributes['supergraph.subgraph'] === 'books')!;
    expect(call.traceId).toBe(traceId);
    expect(library.books.calls[0]!.headers.traceparent).toBe(`00-${traceId}-${call.spanId}-01`);
  });

  it('says what failed, and not what was said about it', async () => {
    library.books.always = (request) => request.socket.destroy();
    await ask(gateway, '{ topBook { title } }');
    await ask(gateway, '{ failing }');
    const failed = (await spans()).filter(({ hasFailed }) => hasFailed);
    expect(failed.map(({ attributes }) => attributes['error.type']).sort()).toEqual(['200', '200', 'unavailable']);
    expect(collector.text).not.toContain('ECONNREFUSED');
  });

  it('holds neither the document nor its variables', async () => {
    await ask(gateway, 'query ($id: ID!) { a: reader(id: $id) { name } b: reader(id: "in the document") { name } }', {
      variables: { id: 'in a variable' },
    });
    await spans();
    expect(collector.text).not.toMatch(/in the document|in a variable|reader\(/);
  });
});

describe('Where nothing is traced', () => {
  it('subgraphs are told nothing', async () => {
    const library = await new Library().start();
    const gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl });
    await ask(gateway, '{ topBook { title } }');
    expect(library.books.calls[0]!.headers).not.toHaveProperty('traceparent');
    await gateway.stop();
    await library.stop();
  });
});
