import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestSubgraph } from '@supergraph/testkit';
import { library } from '../library/library.subgraph.ts';

const start = () => startTestSubgraph(library);
let subgraph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => void (subgraph = await start()));
afterAll(() => subgraph?.stop());

const ask = (path: string, request: RequestInit = {}) => fetch(new URL(path, subgraph.running.url), request);

describe('A path beside the graph', () => {
  it('that takes POST gets the bytes as they came, whatever they are', async () => {
    const bytes = Buffer.from([0, 0xff, 0xfe, 0x0d, 0x0a, 0xc3, 0x28]);
    const response = await ask('/gifts?to=everybody', { method: 'POST', body: bytes });
    expect([response.status, response.headers.get('x-taken')]).toEqual([202, 'yes']);
    expect(await response.text()).toBe(`0 ${bytes.toString('hex')}`);
    expect(await (await ask('/gifts', { method: 'POST' })).text()).toBe('0 ');
  });

  it('reads as much as it is said to, and not a byte more', async () => {
    expect((await ask('/gifts', { method: 'POST', body: 'x'.repeat(1_000) })).status).toBe(202);
    expect((await ask('/gifts', { method: 'POST', body: 'x'.repeat(1_001) })).status).toBe(413);
    // Far more: whoever goes on writing is cut off, with an answer or without.
    await ask('/gifts', { method: 'POST', body: 'x'.repeat(5_000_000) }).then(
      ({ status }) => expect(status).toBe(413),
      (error: Error) => expect(error.message).toBe('fetch failed'),
    );
    expect((await ask('/gifts', { method: 'POST', body: 'x' })).status).toBe(202);
  });

  it('that throws is answered with 500, and nothing of why', async () => {
    const response = await ask('/gifts', { method: 'POST', headers: { 'x-burn': 'yes' } });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  it('takes what it is for, and nothing else', async () => {
    expect(await (await ask('/motto')).text()).toBe('Sapere aude');
    const others = [
      ask('/motto', { method: 'POST', body: 'x' }),
      ask('/gifts'),
      ask('/gifts', { method: 'PUT', body: 'x' }),
      ask('/gifts', { method: 'DELETE' }),
      ask('/toString'),
      ask('/__proto__', { method: 'POST', body: 'x' }),
      ask('/constructor', { method: 'POST', body: 'x' }),
    ];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual(others.map(() => 404));
  });
});
