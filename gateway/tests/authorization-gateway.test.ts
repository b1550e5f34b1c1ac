import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { ENGINE_NAMES } from '../src/graph/live-graph.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';
import { RawSocket } from './support/raw-socket.ts';
import { TokenIssuer } from './support/token-issuer.ts';

const LINK = '@link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", "@authenticated", "@policy"])';

/** The library, where only who is known may see what others like, and nobody may lend before the moon is full. */
function guarded(library: Library): string {
  return library.composed((sdl) =>
    sdl
      .replace(/@link\(.*\)/, LINK)
      .replace('favourites: [Book!]!', 'favourites: [Book!] @authenticated')
      .replace('lend(id: ID!): Int!', 'lend(id: ID!): Int @policy(policies: [["moon:full"]])'),
  );
}

const QUERY = '{ readers { name favourites { title } } }';

describe('A gateway in front of a graph with rules', () => {
  let library: Library;
  let issuer: TokenIssuer;

  beforeAll(async () => {
    library = await new Library().start();
    issuer = await new TokenIssuer().start();
  });

  afterAll(async () => {
    await issuer.stop();
    await library.stop();
  });

  describe.each(ENGINE_NAMES)('with the %s engine', (engine) => {
    let gateway: RunningGateway;

    beforeAll(async () => {
      gateway = await startTestGateway({ supergraphSdl: guarded(library), jwksUrl: issuer.jwksUrl, engine });
    });

    afterAll(() => gateway.stop());

    it('answers whoever is known in full, and shows nobody else what is not for them', async () => {
      const known = await ask(gateway, QUERY, { headers: { authorization: `Bearer ${issuer.token()}` } });
      expect(known.errors).toBeUndefined();
      expect(known.data.readers[0]).toEqual({
        name: 'Ada',
        favourites: [{ title: 'Middlemarch' }, { title: 'Persuasion' }],
      });
      library.books.calls.length = 0;
      const { status, data, errors } = await ask(gateway, QUERY);
      expect(status).toBe(200);
      expect(data.readers).toEqual(['Ada', 'Ben'].map((name) => ({ name, favourites: null })));
      expect(errors).toMatchObject(
        [0, 1].map((at) => ({
          ...{ message: 'Sign in first.', path: ['readers', at, 'favourites'], locations: [{ line: 1, column: 18 }] },
          extensions: { code: 'UNAUTHENTICATED' },
        })),
      );
      expect(library.books.calls).toEqual([]);
    });

    it('does so on a socket too', async () => {
      const socket = await RawSocket.initialised(gateway.url.replace('http', 'ws'));
      socket.subscribe('1', QUERY);
      const { payload } = await socket.receive();
      expect(payload).toMatchObject({ data: { readers: [{ favourites: null }, { favourites: null }] } });
      socket.socket.terminate();
    });

    it('says what is wrong with variables in the words it always does', async () => {
      const { errors } = await ask(gateway, 'mutation ($id: ID!) { lend(id: $id) }');
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    });
  });

  it('that cannot know anybody shows nobody what is not for everybody', async () => {
    const gateway = await startTestGateway({ supergraphSdl: guarded(library) });
    const { data } = await ask(gateway, QUERY, { headers: { authorization: `Bearer ${issuer.token()}` } });
    expect(data.readers[0]).toEqual({ name: 'Ada', favourites: null });
    await gateway.stop();
  });

  it('reports the policies that it does not know, and can be given them', async () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (line, _, done) => (lines.push(String(line)), done()) });
    const logger = createLogger('gateway', 'error', stream);
    const start = (policies?: Record<string, () => boolean>) =>
      startTestGateway(
        { supergraphSdl: guarded(library), jwksUrl: issuer.jwksUrl },
        { logger, ...(policies && { policies }) },
      );
    const lend = (gateway: RunningGateway) =>
      ask(gateway, 'mutation { lend(id: "a") }', { headers: { authorization: `Bearer ${issuer.token()}` } });
    const before = library.lent;
    const ignorant = await start();
    expect(lines.join('')).toContain('"policies":["moon:full"]');
    expect((await lend(ignorant)).data).toEqual({ lend: null });
    expect(library.lent).toBe(before);
    await ignorant.stop();
    lines.length = 0;
    const taught = await start({ 'moon:full': () => true });
    expect(lines).toEqual([]);
    expect((await lend(taught)).data).toEqual({ lend: before + 1 });
    await taught.stop();
  });
});
