import { WebSocketServer } from 'ws';

// The least that can hold as many sockets and speak their protocol: no limits, no keep-alive, no tokens, no graph.
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: false,
  handleProtocols: () => 'graphql-transport-ws',
});
server.on('connection', (socket) => socket.once('message', () => socket.send('{"type":"connection_ack"}')));
server.on('listening', () => process.send(`ws://127.0.0.1:${server.address().port}/graphql`));
process.on('disconnect', () => process.exit());
