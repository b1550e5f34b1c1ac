import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { GatewayProcess } from './support/gateway.process.ts';
import { hang, HttpSubgraph } from './support/http-subgraph.ts';
import { compose } from './support/library.ts';

const REPORT = '{ rows { id text } verdict }';
/** A megabyte, of which joining makes several times as much. */
const ROWS = Array.from({ length: 24_000 }, (_, id) => ({ id: String(id), text: `The text of row ${id}` }));
const ANSWER = Buffer.from(JSON.stringify({ data: { rows: ROWS } }));

interface Outcome {
  readonly status: number | undefined;
  readonly retryAfter?: string | undefined;
  readonly text: string;
}

const post = (query: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});

/** Asks as an ordinary client, and reports also that the connection broke. */
function ask(port: number, query: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const { headers, method, body } = post(query);
    const call = request({ host: '127.0.0.1', port, path: '/graphql', method, headers }, (response) => {
      let text = '';
      // The beginning tells all there is to know; parsing hundreds of megabytes would be a test of this process.
      response.on('data', (chunk: Buffer) => (text = text.length < 500 ? text + chunk.toString() : text));
      response.on('close', () =>
        resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'], text }),
      );
    });
    call.on('error', (error) => resolve({ status: undefined, text: error.message }));
    call.end(body);
  });
}

/** Asks and does not read the answer. */
function askAndNotRead(port: number, query: string): Socket {
  const body = JSON.stringify({ query });
  const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = connect(port, '127.0.0.1', () => socket.write(head + body));
  socket.on('error', () => {});
  return socket.pause();
}

/** What the first group of a pattern finds in the metrics. */
async function metric(port: number, line: RegExp): Promise<string | undefined> {
  return line.exec(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())?.[1];
}

const isWhole = ({ status, text }: Outcome): boolean => status === 200 && text.startsWith('{"data":{"rows":[');
const isPartial = ({ status, text }: Outcome): boolean =>
  status === 200 && /"code":"SUBGRAPH_(?:UNAVAILABLE|TIMEOUT)"/.test(text);
const isRefused = ({ status, retryAfter, text }: Outcome): boolean =>
  status === 503 && retryAfter === '1' && /"code":"OVERLOADED"/.test(text);

describe('A gateway with little memory, under more load than it can take', () => {
  const reports = new HttpSubgraph('reports', 'type Query { rows: [Row!] } type Row { id: ID! text: String! }', {});
  const judge = new HttpSubgraph('judge', 'type Query { verdict: String }', { Query: { verdict: () => 'good' } });
  let verdicts: (() => void)[];
  let gateway: GatewayProcess;

  beforeEach(async () => {
    verdicts = [];
    reports.always = (_, response) => void response.setHeader('content-type', 'application/json').end(ANSWER);
    // What was read of the other subgraph has to be kept until this one answers.
    judge.always = (_, response) => void verdicts.push(() => response.end('{"data":{"verdict":"good"}}'));
    await Promise.all([reports.start(), judge.start()]);
    const [flags, environment] = [['--max-old-space-size=128'], { SUBGRAPH_TIMEOUT_MS: '60000' }];
    gateway = await GatewayProcess.start({ supergraphSdl: compose([reports, judge]), flags, environment });
  });

  afterEach(async () => {
    await gateway.stop();
    await Promise.all([reports.stop(), judge.stop()]);
  });

  it('refuses what it cannot finish, lives, and serves again afterwards', async () => {
    const wave = () => Array.from({ length: 40 }, () => ask(gateway.port, REPORT));
    const early: Outcome[] = [];
    const first = wave().map((outcome) => outcome.then((each) => (early.push(each), each)));
    // Each was refused, or has what it wants of the one subgraph, or was told that there is no room for it.
    const calls = /^gateway_subgraph_calls_under_way\{subgraph="reports"\} (\d+)/m;
    while (verdicts.length + early.length < 40 || (await metric(gateway.port, calls)) !== '0') await pause(20);
    const refused = await Promise.all(wave());
    expect(refused.filter((outcome) => !isRefused(outcome))).toEqual([]);
    for (const probe of ['live', 'ready']) {
      expect((await fetch(`http://127.0.0.1:${gateway.port}/health/${probe}`)).status).toBe(200);
    }

    judge.always = undefined;
    for (const pronounce of verdicts) pronounce();
    const served = await Promise.all(first);
    expect(served.filter((outcome) => ![isWhole, isPartial, isRefused].some((is) => is(outcome)))).toEqual([]);
    expect(served.filter(isWhole).length).toBeGreaterThan(2);
    expect(gateway.isAlive).toBe(true);
    expect(isWhole(await ask(gateway.port, REPORT))).toBe(true);
  }, 60_000);
});

describe('A gateway whose answers are not read', () => {
  const large = new HttpSubgraph('large', 'type Query { text: String small: String }', {
    Query: { text: () => 'x'.repeat(12_000_000), small: () => 'small' },
  });
  let gateway: RunningGateway;

  beforeEach(async () => {
    await large.start();
    const settings = { maxHeldBytes: 15_000_000, subgraphTimeoutMs: 60_000 };
    gateway = await startTestGateway({ supergraphSdl: compose([large]), ...settings });
  });

  afterEach(async () => {
    await gateway.stop();
    await large.stop();
  });

  it('refuses others while it holds too much, and lets go of those who have not read for long', async () => {
    const idler = askAndNotRead(gateway.port, '{ text }');
    await eventually(async () => Number(await metric(gateway.port, /^gateway_held_bytes (\d+)/m)) > 12_000_000);

    large.misbehaviours.push(hang);
    const departure = new AbortController();
    const underWay = fetch(gateway.url, { ...post('{ small }'), signal: departure.signal }).catch(() => {});
    await eventually(() => large.calls.length === 2);
    expect(await ask(gateway.port, '{ small }')).toMatchObject({ status: 503, retryAfter: '1' });
    expect(await metric(gateway.port, /^gateway_operations_shed_total\{reason="held bytes"\} (\d+)/m)).toBe('1');

    await eventually(async () => (await ask(gateway.port, '{ small }')).status === 200);
    expect(await metric(gateway.port, /^gateway_slow_readers_cut_total (\d+)/m)).toBe('1');
    departure.abort();
    await underWay;
    const gone = once(idler, 'close');
    idler.resume();
    await gone;
    expect(idler.bytesRead).toBeLessThan(12_000_000);
  });

  it('reads nothing of what it refuses', async () => {
    const full = await startTestGateway({ supergraphSdl: compose([large]), heapLimit: 1, subgraphTimeoutMs: 60_000 });
    large.calls.length = 0;
    large.misbehaviours.push(hang);
    const departure = new AbortController();
    const underWay = fetch(full.url, { ...post('{ small }'), signal: departure.signal }).catch(() => {});
    await eventually(() => large.calls.length === 1);
    await eventually(async () => (await ask(full.port, '{ small }')).status === 503);
    const unread = connect(full.port, '127.0.0.1');
    unread.write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n');
    // Nobody waits for the body, which does not come.
    expect(String((await once(unread, 'data'))[0])).toMatch(/^HTTP\/1\.1 503 /);
    unread.destroy();
    departure.abort();
    await underWay;
    await full.stop();
  });

  it('drops what a subgraph sends beyond its room, and does not hold that against the subgraph', async () => {
    const narrow = { maxHeldBytes: 1_000_000, circuitMinimumCalls: 2, subgraphTimeoutMs: 60_000 };
    const small = await startTestGateway({ supergraphSdl: compose([large]), ...narrow });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { status, text } = await ask(small.port, '{ text }');
      expect([status, JSON.parse(text)]).toMatchObject([
        200,
        { data: { text: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'large' } }] },
      ]);
    }
    expect((await ask(small.port, '{ small }')).text).toBe('{"data":{"small":"small"}}');
    expect(await metric(small.port, /^gateway_held_bytes (\d+)/m)).toBe('0');
    await small.stop();
  });
});
