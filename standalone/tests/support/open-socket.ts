import { WebSocket } from 'ws';

/**
 * Opens a socket and introduces itself with this token.
 *
 * @returns `acknowledged`, or the code that the socket was closed with
 */
export function introduce(url: string, token: string): Promise<'acknowledged' | number> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  return new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })));
    socket.once('message', () => {
      resolve('acknowledged');
      socket.close();
    });
    socket.once('close', (code) => resolve(code));
    socket.once('error', reject);
  });
}
