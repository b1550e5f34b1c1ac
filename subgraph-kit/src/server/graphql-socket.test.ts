import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { SIGNATURE_HEADER, signCall, systemClock } from '@supergraph/protocol';
import { SILENT_TRACER } from '@supergraph/telemetry';
import { buildSchema } from 'graphql';
import { graphqlSocket } from './graphql-socket.ts';

const SECRET = 'a signing secret that only tests use';

let frozen: Socket | undefined;
// Also when the test has failed: a socket that is left would keep the run from ending.
afterEach(() => void frozen?.destroy());

/** Opened by hand, so that nothing answers when it is told that the socket closes. */
async function frozenSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  const lines = [
    'GET /graphql HTTP/1.1',
    'Host: subgraph',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    `${SIGNATURE_HEADER}: ${signCall(SECRET, { method: 'GET', body: '' }, Date.now())}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 101 /);
  return socket;
}

it('a socket whose other end is frozen is cut, after it was given the time to answer', async () => {
  const server = createServer().listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const sockets = graphqlSocket(server, {
    path: '/graphql',
    schema: buildSchema('type Query { ok: Boolean }'),
    signingSecret: SECRET,
    clock: systemClock,
    requests: undefined as never,
    tracer: SILENT_TRACER,
    mask: (error) => error.toJSON(),
    closeTimeoutMs: 200,
  });
  frozen = await frozenSocket((server.address() as AddressInfo).port);
  const cut = once(frozen, 'close');
  const startedAt = performance.now();
  await sockets.close();
  const waited = performance.now() - startedAt;
  expect(waited).toBeGreaterThan(150);
  expect(waited).toBeLessThan(5_000);
  await cut;
  await new Promise((resolve) => server.close(resolve));
});
