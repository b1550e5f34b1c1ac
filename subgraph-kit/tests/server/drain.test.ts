import { once } from 'node:events';
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
