import { once } from 'node:events';
import { WebSocket } from 'ws';

/** So many handshakes at once: as after a restart, and fewer than the gateway lets one address have under way. */
const AT_ONCE = 100;

// Each address has ports of its own to connect from; one would do for 10,000 sockets, if no other run came before.
const ADDRESSES = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];

const sockets = [];
let lost = 0;

/** Opens a socket for each token, and waits until each is acknowledged. */
async function open({ url, tokens }) {
  for (let begun = 0; begun < tokens.length; begun += AT_ONCE) {
    await Promise.all(tokens.slice(begun, begun + AT_ONCE).map((token, index) => openOne(url, token, begun + index)));
  }
}

async function openOne(url, token, index) {
  const localAddress = ADDRESSES[index % ADDRESSES.length];
  const socket = new WebSocket(url, 'graphql-transport-ws', { localAddress, perMessageDeflate: false });
  socket.on('close', () => (lost += 1));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }));
  await once(socket, 'message');
  sockets.push(socket);
}

process.on('message', async (task) => {
  if (task.open) await open(task.open);
  process.send({ open: sockets.length - lost, lost });
});
process.on('disconnect', () => process.exit());
