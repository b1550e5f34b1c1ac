import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { HttpDrain } from './http-drain.ts';

const agent = new Agent({ keepAlive: true });
afterEach(() => agent.destroy());

async function serve(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function read(url: string): Promise<{ body: string; connection: string | undefined }> {
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { body, connection: response.headers.connection };
}

it('what was asked before the drain is answered, and its caller asked to go elsewhere', async () => {
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const { server, url } = await serve(async (_request, response) => {
    asked.resolve();
    await gate.promise;
    response.end('patience');
  });
  const drain = new HttpDrain(server);
  const answer = read(url);
  await asked.promise;
  const closed = drain.close();
  gate.resolve();
  expect(await answer).toEqual({ body: 'patience', connection: 'close' });
  await closed;
});

it('a caller that never ends is cut off', async () => {
  const asked = Promise.withResolvers<void>();
  const { server, url } = await serve(() => asked.resolve());
  const drain = new HttpDrain(server, 20);
  const answer = read(url);
  await asked.promise;
  await Promise.all([drain.close(), expect(answer).rejects.toThrow('socket hang up')]);
});

it('a connection is kept while nobody drains', async () => {
  const { server, url } = await serve((_request, response) => void response.end('ok'));
  const drain = new HttpDrain(server);
  expect((await read(url)).connection).toBe('keep-alive');
  await drain.close();
});
