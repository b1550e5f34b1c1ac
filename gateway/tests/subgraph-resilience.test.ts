import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, type Answer, startTestGateway } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { drop, hang, type Misbehaviour } from './support/http-subgraph.ts';
import { Library } from './support/library.ts';

const QUERY = '{ topBook { title } }';
const MUTATION = 'mutation { lend(id: "a") }';
const WHOLE = { topBook: { title: 'Persuasion' } };

const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.code;
const graphqlError: Misbehaviour = (_, response) =>
  void response.end(JSON.stringify({ data: null, errors: [{ message: 'No', extensions: { code: 'CONFLICT' } }] }));
const away: Misbehaviour = (_, response) => void response.writeHead(503).end('Service unavailable');
const tooLarge: Misbehaviour = (_, response) => void response.end('x'.repeat(5_000));

let library: Library;
let gateway: RunningGateway;

beforeEach(async () => {
  library = await new Library().start();
});

afterEach(async () => {
  await gateway.stop();
  await library.stop();
});

async function start(settings: GatewaySettingsInput): Promise<void> {
  gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, ...settings });
}

const asked = () => library.books.calls.length;
const query = () => ask(gateway, QUERY);
const queries = (count: number) => Promise.all(Array.from({ length: count }, query));

async function metric(line: string): Promise<string | undefined> {
  const text = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
  return text
    .split('\n')
    .find((each) => each.startsWith(line))
    ?.slice(line.length + 1);
}

describe('The circuit of a subgraph', () => {
  const circuit = {
    circuitMinimumCalls: 4,
    circuitOpenMs: 100,
    retryPercent: 0,
    retryBurst: 0,
    subgraphTimeoutMs: 10_000,
  };
  const stateInHealth = async (): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${gateway.port}/health/ready`);
    const { subgraphs } = (await answer.json()) as { subgraphs: { books: { circuit: string } } };
    return subgraphs.books.circuit;
  };

  it.each([
    ['nobody answers in time', hang, 'SUBGRAPH_TIMEOUT'],
    ['connections fail', drop, 'SUBGRAPH_UNAVAILABLE'],
    ['a proxy says that nobody is there', away, 'SUBGRAPH_UNAVAILABLE'],
  ])('opens when %s; then nothing is sent, and nobody waits', async (_, failure, code) => {
    await start({ ...circuit, circuitOpenMs: 60_000, subgraphTimeoutMs: 500 });
    library.books.always = failure;
    expect((await queries(4)).map(codeOf)).toEqual([code, code, code, code]);
    library.books.always = undefined;
    const before = asked();
    for (const answer of await queries(10)) {
      // Also with the other code than that of a wait in vain.
      expect(answer.errors![0]!.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'books' });
    }
    expect(asked()).toBe(before);
    expect(await stateInHealth()).toBe('open');
    expect(await metric('gateway_subgraph_circuit_state{subgraph="books"}')).toBe('2');
    expect(await metric('gateway_subgraph_calls_refused_total{subgraph="books",reason="circuit"}')).toBe('10');
  });

  it('is probed with one call at a time, however many come, and closes without a restart when that succeeds', async () => {
    await start(circuit);
    library.books.always = drop;
    await queries(4);
    const before = asked();
    let answer: (() => void) | undefined;
    library.books.always = (_, response) => (answer = () => void response.end(JSON.stringify({ data: WHOLE })));
    const settled: Answer[] = [];
    const ten = () => Array.from({ length: 10 }, async () => settled.push(await query()));
    await new Promise((resolve) => setTimeout(resolve, circuit.circuitOpenMs + 10));
    const all = ten();
    await eventually(() => settled.length === 9 && answer !== undefined);
    expect(settled.map(codeOf)).toEqual(Array(9).fill('SUBGRAPH_UNAVAILABLE'));
    expect(asked() - before).toBe(1);
    expect(await metric('gateway_subgraph_circuit_state{subgraph="books"}')).toBe('1');

    answer!();
    await Promise.all(all);
    expect(settled[9]!.data).toEqual(WHOLE);
    library.books.always = undefined;
    for (const { data } of await queries(10)) expect(data).toEqual(WHOLE);
    expect(await metric('gateway_subgraph_circuit_state{subgraph="books"}')).toBe('0');
  });

  it('opens again when the probe fails', async () => {
    await start(circuit);
    library.books.always = drop;
    await queries(4);
    const openings = 'gateway_subgraph_circuit_openings_total{subgraph="books"}';
    expect(await metric(openings)).toBe('1');
    await eventually(async () => codeOf(await query()) !== undefined && (await metric(openings)) === '2');
  });

  it.each([
    ['errors in GraphQL', graphqlError],
    ['answers that are too large', tooLarge],
  ])('does not mind %s', async (_, answer) => {
    await start({ ...circuit, subgraphAnswerLimit: 4_000 });
    library.books.always = answer;
    await queries(20);
    expect(asked()).toBe(20);
    library.books.always = undefined;
    expect((await query()).data).toEqual(WHOLE);
  });

  it('is its own: the other subgraphs are called as before', async () => {
    await start(circuit);
    library.books.always = drop;
    await queries(5);
    expect((await ask(gateway, '{ readers { name } }')).data.readers).toHaveLength(2);
  });
});

describe('Repetitions of calls', () => {
  const patient = { circuitMinimumCalls: 1_000_000 };

  it('stay within their budget when every call fails', async () => {
    await start({ ...patient, retryPercent: 10, retryBurst: 5, retryJitterMs: 1 });
    library.books.always = drop;
    await queries(100);
    // What is saved up before the first of them fails is more than the budget takes.
    expect(asked() - 100).toBeGreaterThanOrEqual(5);
    expect(asked() - 100).toBeLessThanOrEqual(15);
    expect(Number(await metric('gateway_subgraph_retries_total{subgraph="books"}'))).toBe(asked() - 100);
  });

  it('are never made of mutations', async () => {
    await start(patient);
    library.books.always = drop;
    expect(codeOf(await ask(gateway, MUTATION))).toBe('SUBGRAPH_UNAVAILABLE');
    expect(asked()).toBe(1);
  });

  it('do not wait when their time would be over', async () => {
    await start({ ...patient, retryJitterMs: 60_000, subgraphTimeoutMs: 1_000 });
    library.books.misbehaviours.push(drop);
    expect((await query()).data).toEqual(WHOLE);
    expect(asked()).toBe(2);
  });
});

describe('Calls to one subgraph', () => {
  it('are under way so many at once, wait so many in line, and are refused beyond that at once', async () => {
    await start({ subgraphConcurrency: 3, subgraphQueue: 2, subgraphTimeoutMs: 5_000 });
    const answers: (() => void)[] = [];
    library.books.always = (_, response) => void answers.push(() => response.end(JSON.stringify({ data: WHOLE })));
    const settled: Answer[] = [];
    const all = Array.from({ length: 8 }, async () => settled.push(await query()));
    await eventually(() => settled.length === 3 && answers.length === 3);
    expect(settled.map(codeOf)).toEqual(Array(3).fill('SUBGRAPH_UNAVAILABLE'));
    expect(await metric('gateway_subgraph_calls_under_way{subgraph="books"}')).toBe('3');
    expect(await metric('gateway_subgraph_calls_waiting{subgraph="books"}')).toBe('2');
    for (let answered = 0; answered < 5; answered += 1) {
      await eventually(() => answers.length > answered);
      answers[answered]!();
    }
    await Promise.all(all);
    expect(settled.filter(({ errors }) => !errors)).toHaveLength(5);
    expect(await metric('gateway_subgraph_calls_under_way{subgraph="books"}')).toBe('0');
  });

  it('have the time that is set for this subgraph', async () => {
    await start({ subgraphTimeoutMs: 60_000, subgraphTimeouts: { books: 50 } });
    library.books.always = hang;
    expect(codeOf(await query())).toBe('SUBGRAPH_TIMEOUT');
  });

  it('end in time also when they only waited in line', async () => {
    await start({ subgraphConcurrency: 1, subgraphTimeoutMs: 100 });
    library.books.always = hang;
    expect((await queries(3)).map(codeOf)).toEqual(Array(3).fill('SUBGRAPH_TIMEOUT'));
  });
});

describe('A client that leaves', () => {
  /** Resolves when the subgraph sees that the caller of this call is gone. */
  const callerGone = () =>
    new Promise<void>((resolve) => {
      library.books.always = (request) => void request.socket.once('close', () => resolve());
    });

  async function leave(document: string): Promise<void> {
    const { port } = gateway;
    const headers = { 'content-type': 'application/json' };
    const request = httpRequest({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', headers });
    request.on('error', () => {});
    request.end(JSON.stringify({ query: document }));
    await eventually(() => asked() > 0);
    request.destroy();
  }

  it('ends the calls of its query, which count neither as failures nor as answers', async () => {
    await start({ subgraphTimeoutMs: 60_000 });
    const gone = callerGone();
    await leave(QUERY);
    await expect(gone).resolves.toBeUndefined();
    const line = 'gateway_subgraph_call_duration_seconds_count{subgraph="books",outcome="abandoned"}';
    await eventually(async () => (await metric(line)) === '1');
  });

  it('does not end a mutation', async () => {
    await start({ subgraphTimeoutMs: 60_000 });
    let answer: (() => void) | undefined;
    let cut = false;
    library.books.always = (request, response) => {
      request.socket.once('close', () => (cut ||= !response.writableEnded));
      answer = () => response.end(JSON.stringify({ data: { lend: 1 } }));
    };
    await leave(MUTATION);
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer!();
    const line = 'gateway_subgraph_call_duration_seconds_count{subgraph="books",outcome="answered"}';
    await eventually(async () => (await metric(line)) === '1');
    expect(cut).toBe(false);
  });

  it('over a socket ends the calls of its operation', async () => {
    await start({ subgraphTimeoutMs: 60_000 });
    const gone = callerGone();
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: QUERY } }));
    await eventually(() => asked() > 0);
    socket.send(JSON.stringify({ type: 'complete', id: '1' }));
    await expect(gone).resolves.toBeUndefined();
    socket.terminate();
  });
});
