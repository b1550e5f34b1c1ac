import { request as httpRequest } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorCode, isErrorCode } from '@supergraph/protocol';
import { bookClubSupergraph } from './support/book-club.ts';
import { ALLOWED, type Bomb, REFUSED } from './support/bombs.ts';
import { call } from './support/http-call.ts';
import { type Measured, MeasuredGateway } from './support/measured-gateway.ts';
import { RawSocket } from './support/raw-socket.ts';

const MEBIBYTE = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

/** What nobody is told who was refused. */
const FAULTS_OF_OURS: ReadonlySet<string> = new Set([ErrorCode.INTERNAL_SERVER_ERROR, ErrorCode.SUBGRAPH_UNAVAILABLE]);

/** What came of a bomb: an HTTP status with the codes in the answer, or the code a socket was closed with. */
interface Outcome {
  readonly status?: number | undefined;
  readonly codes?: readonly string[] | undefined;
  readonly closed?: number | undefined;
  readonly bytes: number;
}

describe('A bomb', () => {
  let gateway: MeasuredGateway;
  let url: string;
  let socket: RawSocket | undefined;

  beforeAll(async () => {
    gateway = await MeasuredGateway.start({
      supergraphSdl: bookClubSupergraph(),
      // Nobody answers, and how that is dealt with is not what is measured.
      ...{ requestsPerAddress: 0, costPerMinute: 0, graphiql: false },
    });
    url = `http://127.0.0.1:${gateway.port}/graphql`;
    // A process that has just started takes its time for everything.
    for (const bomb of [...Object.values(ALLOWED), ...Object.values(REFUSED)]) await post(bomb, '#');
  }, 120_000);

  afterEach(() => {
    socket?.socket.terminate();
    socket = undefined;
  });

  afterAll(() => gateway.stop());

  /** With a comment that is another each time, so that nothing is known of it yet. */
  async function post({ query, variables }: Bomb, comment: string): Promise<Outcome> {
    return posted(JSON.stringify({ query: `${query}${comment}`, variables }));
  }

  async function posted(body: string | Buffer, headers: Record<string, string> = {}): Promise<Outcome> {
    const reply = await call(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
    return { status: reply.status, codes: codesOf(reply.json()), bytes: reply.body.length };
  }

  async function overSocket({ query, variables }: Bomb, comment: string): Promise<Outcome> {
    const { current, closed } = await openSocket();
    current.send({ id: '1', type: 'subscribe', payload: { query: `${query}${comment}`, variables } });
    const message = await Promise.race([current.receive(), closed]);
    if (typeof message === 'number') return { closed: message, bytes: 0 };
    const { type, payload } = message as { type: string; payload: object };
    if (type === 'next') await Promise.race([current.receive(), closed]);
    return { codes: codesOf(type === 'error' ? { errors: payload } : payload), bytes: JSON.stringify(payload).length };
  }

  async function openSocket(): Promise<{ current: RawSocket; closed: Promise<number> }> {
    // A mask of zeros, because masking megabytes is work of ours and would be measured along.
    const options = { generateMask: () => {} };
    if (!socket?.isOpen) socket = await RawSocket.initialised(url.replace('http', 'ws'), undefined, options);
    return { current: socket, closed: socket.closed.then(({ code }) => code) };
  }

  /**
   * Throws the bomb until it does no harm, five times at most: what else this machine is doing slows down one of them or
   * another, and what a bomb does it does each time.
   */
  async function expectHarmless(explode: (comment: string) => Promise<Outcome>): Promise<Outcome> {
    let harm: unknown;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const { result, ...measured } = await gateway.measure(() => explode(`# ${attempt} ${Math.random()}`));
      harm = harmOf(measured, result);
      if (!harm) return result;
    }
    expect(harm).toBeUndefined();
    throw new Error('unreachable');
  }

  function expectRefused({ status = 400, codes = [], closed }: Outcome): void {
    expect([400, 413, 415]).toContain(status);
    // A message too large for its socket has no answer.
    expect(closed ?? 1009).toBe(1009);
    expect(closed === undefined && codes.length === 0).toBe(false);
    expect(codes.filter((code) => !isErrorCode(code) || FAULTS_OF_OURS.has(code))).toEqual([]);
  }

  describe('over HTTP', () => {
    it.each(Object.entries(REFUSED))('of %s is refused at once', async (_, bomb) => {
      expectRefused(await expectHarmless((comment) => post(bomb, comment)));
    });

    it.each(Object.entries(ALLOWED))('of %s is none', async (_, bomb) => {
      await expectHarmless((comment) => post(bomb, comment));
    });

    it.each([
      [
        'a thousand operations',
        () => JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{ readers { name } }' }))),
      ],
      ['a hundred thousand nothings', () => `[${'0,'.repeat(100_000)}0]`],
      [
        'ten operations that are each all one may be',
        () =>
          JSON.stringify(
            Array.from({ length: 10 }, (__, at) => ({
              query: `{ reader(id: ${at}) { ${'name '.repeat(90)} ${'id '.repeat(90)} favourites { ${'id '.repeat(90)} ${'title '.repeat(90)} } } }`,
            })),
          ),
      ],
    ])('of a list of %s is refused at once', async (_, body) => {
      expectRefused(await expectHarmless(() => posted(body())));
    });

    it('of 50 MB is refused before it has come', async () => {
      expectRefused(await expectHarmless(() => send({ ...JSON_TYPE, 'content-length': 50 * MEBIBYTE })));
    });

    it('of 50 MB that does not say so is refused when it has come too far', async () => {
      expectRefused(await expectHarmless(() => send(JSON_TYPE)));
    });

    it('of zeros that were compressed is not unpacked', async () => {
      const zipped = gzipSync(Buffer.alloc(20 * MEBIBYTE));
      expectRefused(await expectHarmless(() => posted(zipped, { 'content-encoding': 'gzip' })));
    });

    it('of a megabyte of brackets, or of keys, is refused', async () => {
      expectRefused(await expectHarmless(() => posted('['.repeat(MEBIBYTE - 10))));
      const keys = Array.from({ length: 80_000 }, (_, at) => `"k${at}":0`).join();
      expectRefused(await expectHarmless(() => posted(`{"query":"{ readers { name } }","variables":{${keys}}}`)));
      const list = `[${'0,'.repeat(500_000)}0]`;
      const query = 'query ($g: [Genre!]) { find(genres: $g) { name } }';
      expectRefused(await expectHarmless(() => posted(`{"query":"${query}","variables":{"g":${list}}}`)));
    });
  });

  describe('over a socket', () => {
    it.each(Object.entries(REFUSED))('of %s is refused at once', async (_, bomb) => {
      expectRefused(await expectHarmless((comment) => overSocket(bomb, comment)));
    });

    it.each(Object.entries(ALLOWED))('of %s is none', async (_, bomb) => {
      await expectHarmless((comment) => overSocket(bomb, comment));
    });

    it.each(['of 20 MB', 'of a megabyte of brackets'])('%s closes it', async (what) => {
      const message = what === 'of 20 MB' ? Buffer.alloc(20 * MEBIBYTE, 32) : Buffer.alloc(MEBIBYTE, '[');
      const outcome = await expectHarmless(async () => {
        const { current, closed } = await openSocket();
        current.socket.send(message, { binary: false });
        return { closed: await closed, bytes: 0 };
      });
      expect(outcome.closed).toBe(1009);
    });
  });

  /** Writes a body of 50 MB for as long as nobody says that it is too much. */
  function send(headers: Record<string, string | number>): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(url, { method: 'POST', headers }, (response) => {
        const codes = response.statusCode === 413 ? ['BAD_REQUEST'] : [];
        response.resume().once('close', () => request.destroy());
        resolve({ status: response.statusCode, codes, bytes: 0 });
      });
      request.on('error', reject);
      const chunk = Buffer.alloc(64 * 1024, 32);
      Readable.from(Array.from({ length: 800 }, () => chunk)).pipe(request);
    });
  }
});

function codesOf(answer: unknown): string[] {
  const answers = Array.isArray(answer) ? answer : [answer];
  return answers.flatMap(({ errors = [] }) => errors.map((error: any) => String(error.extensions?.code)));
}

/**
 * The time of the gateway's own thread is what a bomb takes, whatever else this machine does meanwhile; where it does not do
 * more than it can, the clock says so too.
 */
function harmOf(
  { workedMs, blockedMs, grownBytes, tookMs }: Measured & { tookMs: number },
  { bytes }: Outcome,
): unknown {
  const isBusy = loadavg()[0]! > availableParallelism();
  const isQuick = workedMs < 100 && (isBusy || (tookMs < 100 && blockedMs < 200));
  const isHarmless = isQuick && grownBytes < 50 * MEBIBYTE && bytes < 50 * 1024;
  return isHarmless ? undefined : { workedMs, tookMs, blockedMs, grownMiB: grownBytes / MEBIBYTE, bytes };
}
