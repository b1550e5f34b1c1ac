import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { SIGNATURE_HEADER, signCall } from '@supergraph/protocol';
import { startTestSubgraph, TEST_SIGNING_SECRET } from '@supergraph/testkit';
import { WebSocket } from 'ws';
import { library } from '../library/library.subgraph.ts';

const signatureAt = (now: Date) => signCall(TEST_SIGNING_SECRET, { method: 'GET', body: '' }, now.getTime());

it('a subgraph that stops tells its sockets so', async () => {
  const subgraph = await startTestSubgraph(library);
  const socket = new WebSocket(subgraph.running.url.replace('http', 'ws'), 'graphql-transport-ws', {
    headers: { [SIGNATURE_HEADER]: signatureAt(subgraph.clock.now()) },
  });
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await subgraph.stop();
  expect((await closed)[0]).toBe(1001);
});

it('a subgraph that stops does not wait for a socket whose other end is frozen', async () => {
  const subgraph = await startTestSubgraph(library);
  const { hostname, port } = new URL(subgraph.running.url);
  // Opened by hand, so that nothing answers when it is told that the socket closes.
  const frozen = connect(Number(port), hostname).on('error', () => {});
  const lines = [
    'GET /graphql HTTP/1.1',
    'Host: subgraph',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    `${SIGNATURE_HEADER}: ${signatureAt(subgraph.clock.now())}`,
  ];
  frozen.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(frozen, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 101 /);
  const startedAt = performance.now();
  await subgraph.stop();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  frozen.destroy();
});
