import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { call } from './support/http-call.ts';
import { Library } from './support/library.ts';
import { RawSocket } from './support/raw-socket.ts';

const TOP = 'query Top { topBook { title } }';
const LEND = 'mutation Lend { lend(id: "a") }';
const OTHER = '{ readers { name } }';
const ANSWER = { data: { topBook: { title: 'Persuasion' } } };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

const MANIFEST = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: hashOf(TOP), name: 'Top', type: 'query', body: TOP },
    { id: 'x-lend', name: 'Lend', type: 'mutation', body: LEND },
  ],
};

describe('Where trusted documents are', () => {
  let library: Library;
  let folder: string;
  let file: string;
  let gateway: RunningGateway | undefined;

  beforeAll(async () => {
    library = await new Library().start();
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
    file = join(folder, 'manifest.json');
  });
  afterEach(async () => {
    await gateway?.stop();
    gateway = undefined;
  });
  afterAll(() => Promise.all([library.stop(), rm(folder, { recursive: true })]));

  const start = async (mode: GatewaySettingsInput['trustedDocuments'], manifest: unknown = MANIFEST) => {
    await writeFile(file, JSON.stringify(manifest));
    const { supergraphSdl } = library;
    gateway = await startTestGateway({
      ...{ supergraphSdl, trustedDocuments: mode, trustedDocumentsFile: file, reloadIntervalMs: 10 },
    });
  };
  const url = () => `http://127.0.0.1:${gateway!.port}/graphql`;
  const post = (body: unknown) =>
    call(url(), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const get = (parameters: Record<string, string>) => call(`${url()}?${new URLSearchParams(parameters)}`);
  const codeOf = ({ status, json }: Awaited<ReturnType<typeof post>>) => [status, json().errors?.[0].extensions.code];
  const persisted = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });

  describe('the only ones that are run, the gateway', () => {
    it('runs them by every name they have, and in full', async () => {
      await start('only');
      for (const documentId of [hashOf(TOP), `sha256:${hashOf(TOP)}`]) {
        expect((await post({ documentId })).json()).toEqual(ANSWER);
        expect((await get({ documentId })).json()).toEqual(ANSWER);
      }
      expect((await post(persisted(hashOf(TOP)))).json()).toEqual(ANSWER);
      expect((await post({ query: TOP })).json()).toEqual(ANSWER);
      expect((await post({ query: TOP, ...persisted(hashOf(TOP)) })).json()).toEqual(ANSWER);
      const before = library.lent;
      expect((await post({ documentId: 'x-lend' })).json()).toEqual({ data: { lend: before + 1 } });
      // Its id is of the manifest's choosing; its hash is its hash all the same.
      expect((await post({ documentId: `sha256:${hashOf(LEND)}` })).json()).toEqual({ data: { lend: before + 2 } });
    });

    it('runs no other, however it is sent', async () => {
      await start('only');
      library.readers.calls.length = 0;
      const registering = { query: OTHER, ...persisted(hashOf(OTHER)) };
      for (const body of [
        { query: OTHER },
        registering,
        { query: `${TOP} ` },
        { query: '{ __schema { description } }' },
      ]) {
        expect(codeOf(await post(body))).toEqual([403, 'FORBIDDEN']);
      }
      expect(codeOf(await get({ query: OTHER }))).toEqual([403, 'FORBIDDEN']);
      expect(codeOf(await get({ query: OTHER, extensions: 'not JSON' }))).toEqual([403, 'FORBIDDEN']);
      expect(codeOf(await get({ query: OTHER, documentId: hashOf(TOP) }))).toEqual([400, 'BAD_REQUEST']);
      expect(codeOf(await post([{ query: TOP }, { query: OTHER }]))).toEqual([403, 'FORBIDDEN']);
      expect(codeOf(await post({ documentId: hashOf(OTHER) }))).toEqual([404, 'PERSISTED_QUERY_NOT_FOUND']);
      expect(codeOf(await post({ documentId: '__proto__' }))).toEqual([404, 'PERSISTED_QUERY_NOT_FOUND']);
      expect(library.readers.calls).toEqual([]);
    });

    it('runs no other on a socket either', async () => {
      await start('only');
      const socket = await RawSocket.initialised(url().replace('http', 'ws'));
      socket.subscribe('1', OTHER);
      expect(await socket.receive()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
      socket.send({ id: '2', type: 'subscribe', payload: { query: '', documentId: hashOf(TOP) } });
      expect(await socket.receive()).toEqual({ id: '2', type: 'next', payload: ANSWER });
      socket.socket.close();
      await socket.closed;
    });

    it('tells the audit log of who tried', async () => {
      await start('only');
      await post({ query: OTHER });
      const metrics = await (await fetch(url().replace('/graphql', '/metrics'))).text();
      expect(metrics).toContain('gateway_refusals_total{code="FORBIDDEN"} 1');
    });

    it('takes a new manifest while it runs, and keeps the old one when the new one is broken', async () => {
      await start('only');
      await writeFile(file, '{"broken":');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await post({ query: TOP })).status).toBe(200);
      await writeFile(file, JSON.stringify({ other: OTHER }));
      await eventually(async () => (await post({ documentId: 'other' })).status === 200);
      expect(codeOf(await post({ query: TOP }))).toEqual([403, 'FORBIDDEN']);
    });
  });

  describe('preferred, the gateway', () => {
    it('runs them by their ids, and everything else too', async () => {
      await start('prefer', { top: TOP });
      expect((await post({ documentId: 'top' })).json()).toEqual(ANSWER);
      expect((await post({ query: OTHER })).status).toBe(200);
      await post({ query: OTHER, ...persisted(hashOf(OTHER)) });
      expect((await post(persisted(hashOf(OTHER)))).status).toBe(200);
    });
  });

  it('wanted and there are none, the gateway does not start', async () => {
    await expect(start('only', { a: 7 })).rejects.toThrow('The manifest of trusted documents cannot be used');
    const missing = startTestGateway({ supergraphSdl: library.supergraphSdl, trustedDocuments: 'prefer' });
    await expect(missing).rejects.toThrow('need a manifest file');
  });
});
