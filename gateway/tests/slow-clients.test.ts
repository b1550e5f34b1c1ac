import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { call } from './support/http-call.ts';
import { hang } from './support/http-subgraph.ts';
import { Library } from './support/library.ts';

const QUERY = '{ topBook { title } }';
const BODY = JSON.stringify({ query: QUERY });
const HEAD = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;

describe('A client that takes its time', () => {
  let library: Library;
  let gateway: RunningGateway;

  beforeAll(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({
      supergraphSdl: library.supergraphSdl,
      ...{ headersTimeoutMs: 300, requestTimeoutMs: 600, answerTimeoutMs: 300 },
      ...{ connectionCheckMs: 20, keepAliveTimeoutMs: 100, headerLimit: 4_000, requestsPerConnection: 2 },
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });
  beforeEach(() => {
    library.books.always = undefined;
  });

  /** A connection, and all that came over it until it was closed. */
  async function dial(): Promise<{ socket: Socket; everything: Promise<string> }> {
    const socket = connect(gateway.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('error', () => {});
    const everything = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
    await once(socket, 'connect');
    return { socket, everything };
  }
  const trickle = (socket: Socket, text: string): NodeJS.Timeout => {
    let at = 0;
    return setInterval(() => socket.writable && socket.write(text[at++ % text.length]!), 10);
  };
  const metrics = async () => (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
  const heldBytes = async () => Number(/^gateway_held_bytes (\d+)/m.exec(await metrics())![1]);
  const refusal = (message: string) => JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });

  it('over the head of its request is cut off, and told why', async () => {
    const { socket, everything } = await dial();
    socket.write('POST /graphql HTTP/1.1\r\n');
    const timer = trickle(socket, 'x-header: x\r\n');
    const text = await everything;
    clearInterval(timer);
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(text).toMatch(/\r\nx-correlation-id: [0-9a-f-]{36}\r\n/);
    expect(text.split('\r\n\r\n')[1]).toBe(refusal('The request took too long to come'));
  });

  it('over the body of its request is cut off, and told why', async () => {
    const { socket, everything } = await dial();
    socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
    const timer = trickle(socket, ' ');
    const text = await everything;
    clearInterval(timer);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('over saying anything at all is cut off', async () => {
    const { everything } = await dial();
    expect(await everything).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('between two requests loses its connection, and a quick one after so many requests', async () => {
    const request = `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`;
    const idle = await dial();
    idle.socket.write(request);
    expect((await idle.everything).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(1);
    const quick = await dial();
    quick.socket.write(request);
    await once(quick.socket, 'data');
    quick.socket.write(request);
    const text = await quick.everything;
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(text).toMatch(/connection: close/i);
  });

  it('over reading its answer is cut off, and the memory is free', async () => {
    // More than the system takes for a connection, on both of its ends.
    const title = 'x'.repeat(16_000_000);
    library.books.misbehaviours.push((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { topBook: { title } } }));
    });
    const { socket } = await dial();
    socket.pause();
    const closed = once(socket, 'close');
    socket.write(`${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`);
    await eventually(async () => (await heldBytes()) >= title.length);
    await eventually(async () => (await heldBytes()) === 0);
    socket.resume();
    await closed;
    expect(socket.bytesRead).toBeLessThan(title.length);
  });

  it('with a head that is too large is refused', async () => {
    const { socket, everything } = await dial();
    socket.write(`GET /graphql HTTP/1.1\r\nhost: localhost\r\nx-large: ${'x'.repeat(5_000)}\r\n\r\n`);
    const text = await everything;
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    expect(text.split('\r\n\r\n')[1]).toBe(refusal('The head of the request is too large'));
  });

  it('who speaks something else than HTTP is refused without an echo', async () => {
    const { socket, everything } = await dial();
    socket.write('EHLO secret-canary\r\n\r\n');
    const text = await everything;
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).not.toContain('canary');
    expect(await metrics()).toMatch(/gateway_refusals_total\{code="BAD_REQUEST"\} [1-9]/);
  });

  it('for whom an operation would take too long is told so, and the work stops', async () => {
    const hasty = await startTestGateway({ supergraphSdl: library.supergraphSdl, operationTimeoutMs: 100 });
    let abandoned = false;
    library.books.always = (request, response) => {
      response.once('close', () => (abandoned = true));
      hang(request, response);
    };
    const reply = await call(`http://127.0.0.1:${hasty.port}/graphql?query=${encodeURIComponent(QUERY)}`);
    expect([reply.status, reply.json()]).toEqual([
      504,
      { errors: [{ message: 'The operation took too long', extensions: { code: 'SUBGRAPH_TIMEOUT' } }] },
    ]);
    await eventually(() => abandoned);
    await hasty.stop();
  });

  it('does not keep others waiting', async () => {
    const slow = await Promise.all(Array.from({ length: 50 }, dial));
    for (const { socket } of slow) socket.write('GET /graphql HTTP/1.1\r\n');
    expect((await ask(gateway, QUERY)).status).toBe(200);
    await Promise.all(slow.map(({ everything }) => everything));
  });
});
