import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { drop, hang } from './support/http-subgraph.ts';
import { Library } from './support/library.ts';

const EVERYTHING = '{ readers { name favourites { title } } books { title } }';

describe('When a subgraph fails, the gateway', () => {
  let library: Library;
  let gateway: RunningGateway;

  beforeEach(async () => {
    library = await new Library().start();
    // Without chance, which errors would follow in their order.
    const settings = { subgraphTimeoutMs: 200, retryJitterMs: 0 };
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, ...settings });
  });

  afterEach(async () => {
    await gateway.stop();
    await library.stop();
  });

  it('answers from all subgraphs as long as none fails', async () => {
    const { data, errors } = await ask(gateway, '{ readers { name favourites { title } } }');
    expect(errors).toBeUndefined();
    expect(data.readers[0]).toEqual({ name: 'Ada', favourites: [{ title: 'Middlemarch' }, { title: 'Persuasion' }] });
  });

  it('serves what the others know and says which one is unavailable, once for each place', async () => {
    await library.books.stop();
    const { status, data, errors, text } = await ask(gateway, EVERYTHING);
    await library.books.start();
    expect(status).toBe(200);
    expect(data).toEqual({
      readers: [
        { name: 'Ada', favourites: [{ title: null }, { title: null }] },
        { name: 'Ben', favourites: [{ title: null }] },
      ],
      books: null,
    });
    const extensions = { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'books' };
    const message = "Subgraph 'books' is unavailable";
    expect(errors).toEqual([
      { message, path: ['books'], extensions },
      { message, path: ['readers'], extensions },
    ]);
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|ECONN|\.ts/);
  });

  it('gives a hung subgraph its time and no more', async () => {
    library.books.always = hang;
    const startedAt = performance.now();
    const { data, errors } = await ask(gateway, EVERYTHING);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(data.readers[1].name).toBe('Ben');
    expect(new Set(errors!.map(({ extensions }) => extensions!.code))).toEqual(new Set(['SUBGRAPH_TIMEOUT']));
  });

  it('does not wait twice for the same hung subgraph in one request', async () => {
    library.books.always = hang;
    // Long enough that a busy machine adds little to it.
    const subgraphTimeoutMs = 600;
    const patient = await startTestGateway({
      supergraphSdl: library.supergraphSdl,
      subgraphTimeoutMs,
      retryJitterMs: 0,
    });
    const startedAt = performance.now();
    const { data } = await ask(
      patient,
      'mutation { a: lend(id: "a") rename(id: "1", name: "Eve") { name } b: lend(id: "b") }',
    );
    expect(performance.now() - startedAt).toBeLessThan(1.95 * subgraphTimeoutMs);
    expect(data).toBeNull();
    expect(library.books.calls).toHaveLength(1);
    await patient.stop();
  });

  it.each([
    ['a page of a proxy', 'text/html', '<h1>502 Bad Gateway</h1> upstream 10.0.0.7'],
    ['JSON that is not GraphQL', 'application/json', '{"message":"no route to 10.0.0.7"}'],
    ['nothing', 'text/plain', ''],
  ])('takes %s for an unavailable subgraph', async (_, type, body) => {
    library.books.always = (_request, response) => void response.writeHead(502, { 'content-type': type }).end(body);
    const { data, errors, text } = await ask(gateway, '{ readers { name } books { title } }');
    expect(data.readers).toHaveLength(2);
    expect(errors![0]!.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'books' });
    expect(text).not.toContain('10.0.0.7');
  });

  it('is whole again as soon as the subgraph is back', async () => {
    await library.books.stop();
    expect((await ask(gateway, '{ books { title } }')).errors).toHaveLength(1);
    await library.books.start();
    const { data, errors } = await ask(gateway, '{ books { title } }');
    expect(errors).toBeUndefined();
    expect(data.books).toHaveLength(2);
  });

  it('starts without it and finds it later', async () => {
    await library.books.stop();
    const early = await startTestGateway({ supergraphSdl: library.supergraphSdl });
    expect((await ask(early, '{ readers { name } }')).data.readers).toHaveLength(2);
    await library.books.start();
    expect((await ask(early, '{ books { title } }')).data.books).toHaveLength(2);
    await early.stop();
  });

  it('repeats a query once when the connection breaks before the answer', async () => {
    library.books.misbehaviours.push(drop);
    const { data, errors } = await ask(gateway, '{ books { title } }');
    expect(errors).toBeUndefined();
    expect(data.books).toHaveLength(2);
    expect(library.books.calls).toHaveLength(2);
  });

  it('does not repeat it again', async () => {
    library.books.misbehaviours.push(drop, drop);
    const { errors } = await ask(gateway, '{ books { title } }');
    expect(errors![0]!.extensions!.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(library.books.calls).toHaveLength(2);
  });

  it('never repeats a mutation', async () => {
    library.books.misbehaviours.push(drop);
    const { errors } = await ask(gateway, 'mutation { lend(id: "a") }');
    expect(errors![0]!.extensions!.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(library.books.calls).toHaveLength(1);
    expect(library.lent).toBe(0);
  });

  it('does not repeat a query whose answer broke off in the middle', async () => {
    library.books.misbehaviours.push((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
      response.write('{"data":');
      setTimeout(() => request.socket.destroy(), 10);
    });
    const { errors } = await ask(gateway, '{ books { title } }');
    expect(errors![0]!.extensions!.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(library.books.calls).toHaveLength(1);
  });
});
