import { WebSocketServer } from 'ws';
import { wallClock } from '../process/wall-clock.mjs';

// The least there can be between a server and its sockets: no graph, no token, no database. Writes what it is given.
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('listening', () => process.send(server.address().port));
process.on('message', (text) => {
  const sentAt = wallClock();
  for (const socket of server.clients) socket.send(text);
  process.send(sentAt);
});
process.on('disconnect', () => process.exit());
