import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { eventually } from './support/eventually.ts';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';

describe('a request for a socket', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  const opened: RawSocket[] = [];

  beforeAll(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      settings: {
        origins: ['https://app.example.com'],
        maxSockets: 9,
        maxSocketsPerAddress: 2,
        socketCloseTimeoutMs: 500,
        trustedProxies: 1,
      },
    });
  });

  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.terminate();
    await eventually(async () => (await gateway.metric('gateway_sockets_open')) === 0);
  });

  afterAll(async () => {
    await gateway.stop();
    await newsroom.stop();
  });

  async function open(headers: Record<string, string> = {}): Promise<RawSocket> {
    const socket = await RawSocket.open(gateway.url, undefined, { headers });
    opened.push(socket);
    return socket;
  }

  /** The status that the gateway refuses a socket with. */
  async function refusal(headers: Record<string, string>, url = gateway.url): Promise<number | undefined> {
    const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    socket.terminate();
    return response.statusCode;
  }

  const port = () => Number(new URL(gateway.url).port);
  const GENUINE = [
    'Host: gateway',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ];

  /** Sends a request by hand, and says what comes back until the gateway hangs up. */
  async function byHand(start: string, headers: string[], body = ''): Promise<string> {
    const connection = connect(port(), '127.0.0.1');
    connection.write(`${[start, ...headers].join('\r\n')}\r\n\r\n${body}`);
    return text(connection);
  }

  describe('from the page', () => {
    it.each([
      ['of an allowed origin', () => 'https://app.example.com'],
      ['of the gateway itself', () => `http://127.0.0.1:${port()}`],
    ])('%s is granted', async (_, origin) => {
      expect((await open({ origin: origin() })).socket.protocol).toBe('graphql-transport-ws');
    });

    it('of nobody, because it comes from no browser, is granted', async () => {
      expect((await open()).socket.protocol).toBe('graphql-transport-ws');
    });

    it.each([
      ['another site', 'https://evil.example'],
      ['a site that merely begins like an allowed one', 'https://app.example.com.evil.example'],
      ['an allowed host without encryption', 'http://app.example.com'],
      ['another port of ours', 'http://127.0.0.1:1'],
      ['a sandbox', 'null'],
      ['two origins', 'https://app.example.com, https://evil.example'],
      ['nowhere', ''],
    ])('of %s is refused with 403', async (_, origin) => {
      expect(await refusal({ origin })).toBe(403);
    });

    it.each([
      'http://evil-gateway',
      'http://evil.gateway',
      'http://gateway.evil.example',
      'http://gateway@evil.example',
    ])('of %s, which is not the gateway, is refused with 403', async (origin) => {
      expect(await byHand('GET /graphql HTTP/1.1', [...GENUINE, `Origin: ${origin}`])).toMatch('HTTP/1.1 403 ');
    });
  });

  it('for another path is refused with 404', async () => {
    expect(await refusal({}, gateway.url.replace('/graphql', '/other'))).toBe(404);
  });

  describe('that is not quite one is refused', () => {
    it.each<[string, string, string[], string, number]>([
      ['over HTTP/1.0', 'GET /graphql HTTP/1.0', GENUINE, '', 400],
      ['with a body', 'GET /graphql HTTP/1.1', [...GENUINE, 'Content-Length: 5'], 'hello', 400],
      ['with a body in pieces', 'GET /graphql HTTP/1.1', [...GENUINE, 'Transfer-Encoding: chunked'], '0\r\n\r\n', 400],
      ['by POST', 'POST /graphql HTTP/1.1', GENUINE, '', 405],
      ['without a key', 'GET /graphql HTTP/1.1', GENUINE.filter((line) => !line.includes('Key')), '', 400],
      ['of another version', 'GET /graphql HTTP/1.1', GENUINE.map((line) => line.replace(': 13', ': 12')), '', 400],
    ])('%s', async (_, start, headers, body, status) => {
      expect(await byHand(start, headers, body)).toMatch(`HTTP/1.1 ${status} `);
    });

    it('and let go of, even by a client that does not hang up', async () => {
      const connection = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true });
      connection.write('GET /other HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      expect(await text(connection)).toMatch('404');
      // Whoever writes on to one who is really gone is told so by the network.
      const told = new Promise<Error>((resolve) => connection.once('error', resolve));
      const writing = setInterval(() => connection.write('x'), 5);
      expect(await told).toMatchObject({ code: expect.stringMatching(/EPIPE|ECONNRESET/) });
      clearInterval(writing);
    });
  });

  it('is forgotten when its sender hangs up half-way', async () => {
    const connection: Socket = connect(port(), '127.0.0.1');
    connection.write(`${['GET /graphql HTTP/1.1', ...GENUINE].join('\r\n')}\r\n\r\n`);
    await once(connection, 'data');
    expect(await gateway.metric('gateway_sockets_open')).toBe(1);
    connection.end();
    await eventually(async () => (await gateway.metric('gateway_sockets_open')) === 0);
  });

  describe('beyond what', () => {
    it('an address may have without a user is granted, and closed with 4429', async () => {
      const from = (address: string) => open({ 'x-forwarded-for': address });
      const first = await from('192.0.2.1');
      await from('192.0.2.1');
      expect(await (await from('192.0.2.1')).closed).toEqual({ code: 4429, reason: 'Too many sockets' });
      const elsewhere = await from('192.0.2.2');
      first.socket.terminate();
      await eventually(async () => (await gateway.metric('gateway_sockets_open')) === 2);
      const again = await from('192.0.2.1');
      for (const { socket } of [elsewhere, again]) expect(socket.readyState).toBe(WebSocket.OPEN);
    });

    it('an address may have counts all of an IPv6 customer as one', async () => {
      await open({ 'x-forwarded-for': '2001:db8::1' });
      await open({ 'x-forwarded-for': '2001:db8:0:0:1::2' });
      expect((await (await open({ 'x-forwarded-for': '2001:db8::3' })).closed).code).toBe(4429);
      const neighbour = await open({ 'x-forwarded-for': '2001:db8:0:1::1' });
      expect(neighbour.socket.readyState).toBe(WebSocket.OPEN);
    });

    it('an address may have is refused with 429 by and by, when the sockets that were closed stay half open', async () => {
      const headers = { 'x-forwarded-for': '192.0.2.9' };
      const deaf = Array.from({ length: 4 }, () => connect(port(), '127.0.0.1'));
      for (const connection of deaf) {
        connection.write(`${['GET /graphql HTTP/1.1', ...GENUINE, 'X-Forwarded-For: 192.0.2.9'].join('\r\n')}\r\n\r\n`);
        await once(connection, 'data');
      }
      expect(await refusal(headers)).toBe(429);
      for (const connection of deaf) connection.destroy();
    });

    it('the gateway may have is refused with 503', async () => {
      for (let i = 0; i < 9; i++) await open({ 'x-forwarded-for': `192.0.2.${i}` });
      expect(await refusal({ 'x-forwarded-for': '192.0.2.100' })).toBe(503);
    });
  });

  it('is counted when it is refused, by reason', async () => {
    const text = await gateway.metrics.metrics();
    for (const reason of ['origin', 'path', 'malformed', 'address', 'full']) {
      expect(text).toMatch(new RegExp(`gateway_sockets_refused_total{reason="${reason}"} \\d+`));
    }
    expect(text).toMatch(/gateway_sockets_closed_total{code="4429",reason="too_many_sockets"} \d+/);
  });
});
