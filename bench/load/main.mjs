import { createHistogram } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import { Client } from 'undici';

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

process.on('message', async (job) => process.send(await generateLoad(job)));
process.on('disconnect', () => process.exit());

/**
 * Keeps `connections` requests in flight for `seconds` and compares every answer with the one that was verified before.
 *
 * @param {{
 *   url: string, seconds: number, connections: number, headers?: Record<string, string>,
 *   requests: { body: string, answer: Uint8Array }[],
 * }} job
 */
async function generateLoad({ url, seconds, connections, requests, headers }) {
  const { origin, pathname } = new URL(url);
  const latency = createHistogram();
  const outcome = { completed: 0, failed: 0, wrong: 0, bytes: 0 };
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const client = new Client(origin, { pipelining: 1 });
      // Connections start spread over the requests, or all of them would ask for the same page at the same moment.
      let next = Math.floor((index * requests.length) / connections);
      while (performance.now() < deadline) {
        const { body, answer } = requests[next++ % requests.length];
        const sentAt = performance.now();
        const verdict = await send(
          client,
          { method: 'POST', path: pathname, body, headers: { ...JSON_HEADERS, ...headers } },
          answer,
        );
        latency.record(Math.max(1, Math.round((performance.now() - sentAt) * 1_000)));
        outcome[verdict] += 1;
        outcome.bytes += answer.length;
      }
      await client.close();
    }),
  );
  return {
    ...outcome,
    seconds: (performance.now() - startedAt) / 1_000,
    p50Ms: latency.percentile(50) / 1_000,
    p97_5Ms: latency.percentile(97.5) / 1_000,
  };
}

/** @returns {Promise<'completed' | 'failed' | 'wrong'>} */
function send(client, request, expected) {
  return new Promise((resolve) => {
    const chunks = [];
    let status = 0;
    let length = 0;
    // Comparing in place costs a memory comparison per answer instead of a copy and a parse.
    let identical = true;
    client.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_, statusCode) {
        status = statusCode;
      },
      onResponseData(_, chunk) {
        identical &&= Buffer.compare(chunk, expected.subarray(length, length + chunk.length)) === 0;
        length += chunk.length;
        chunks.push(chunk);
      },
      onResponseEnd() {
        if (status !== 200) resolve('failed');
        else if (identical && length === expected.length) resolve('completed');
        else resolve(sameAnswer(Buffer.concat(chunks), expected) ? 'completed' : 'wrong');
      },
      onResponseError() {
        resolve('failed');
      },
    });
  });
}

/** The same answer in other bytes, which a peer is free to send. */
function sameAnswer(received, expected) {
  try {
    return isDeepStrictEqual(JSON.parse(received.toString()), JSON.parse(Buffer.from(expected).toString()));
  } catch {
    return false;
  }
}
