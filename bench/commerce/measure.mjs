import { Agent, request } from 'undici';
import { percentile } from '../results.mjs';

/** Has so many do something at once, again and again, for some seconds. */
export async function measure(operation, { url, catalogue, seconds, connections, seed }) {
  const dispatcher = new Agent({ connections });
  const graph = (query, variables) => ask(dispatcher, url, query, variables);
  const latencies = [];
  const faults = [];
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const random = randomFrom(seed * 1_000 + index);
      while (performance.now() < deadline) {
        const sentAt = performance.now();
        try {
          await operation(graph, catalogue, random);
          latencies.push(performance.now() - sentAt);
        } catch (error) {
          faults.push(error.message);
        }
      }
    }),
  );
  const took = (performance.now() - startedAt) / 1_000;
  await dispatcher.close();
  return {
    done: latencies.length,
    faults: faults.length,
    fault: faults[0],
    perSecond: latencies.length / took,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
  };
}

/** How many statements an operation takes, each of several times: one after the other, when nobody else asks. */
export async function countStatements(operation, { url, catalogue, product, times, seed }) {
  const dispatcher = new Agent();
  const random = randomFrom(seed);
  const counts = [];
  for (let time = 0; time < times; time += 1) {
    await product.ask('count');
    await operation((query, variables) => ask(dispatcher, url, query, variables), catalogue, random);
    counts.push(await product.ask('count'));
  }
  await dispatcher.close();
  return counts;
}

async function ask(dispatcher, url, query, variables) {
  const { statusCode, body } = await request(url, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await body.json();
  if (statusCode !== 200 || answer.errors) throw new Error(JSON.stringify(answer.errors ?? statusCode));
  return answer.data;
}

/** The same in every run, for the small catalogue as for the large one. */
function randomFrom(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}
