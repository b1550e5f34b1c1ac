import { Child, freePort } from '../process/child.mjs';
import { usageOf } from '../process/usage.mjs';
import { verifyAnswers } from './verify-answers.mjs';

/** The gateway has one core for itself; the subgraphs and the load generator share the other. */
export const GATEWAY_CORE = 0;
export const SURROUNDINGS_CORE = 1;

/**
 * One round of one peer: start it, verify every answer, warm it up, then measure.
 *
 * `cpu` is the share of one core the gateway used. Well below 1 means that the load generator or the subgraphs were the
 * limit and the gateway could do more than it shows here. `cpuMsPerRequest` stays right on a machine that is busy with
 * something else, when requests per second do not.
 *
 * @throws {import('./verify-answers.mjs').WrongAnswer} before anything is measured
 */
export async function measurePeer(peer, conditions) {
  const { settings, bodies, expected, headers, load, subgraphs, seconds, warmup, connections } = conditions;
  const port = await freePort();
  const { script, args, environment } = peer.start({ ...settings, port });
  const gateway = new Child(script, { core: GATEWAY_CORE, args, environment });
  try {
    const url = `http://127.0.0.1:${port}/graphql`;
    await gateway.serving(url);
    const answers = await verifyAnswers(url, bodies, expected, headers);
    const job = { url, connections, headers, requests: bodies.map((body, page) => ({ body, answer: answers[page] })) };
    await load.ask({ ...job, seconds: warmup });

    const callsBefore = sum(await subgraphs.ask('calls'));
    const before = usageOf(gateway.pid);
    const outcome = await load.ask({ ...job, seconds });
    const after = usageOf(gateway.pid);
    const calls = sum(await subgraphs.ask('calls')) - callsBefore;

    const answered = outcome.completed + outcome.wrong;
    return {
      requestsPerSecond: outcome.completed / outcome.seconds,
      p50Ms: outcome.p50Ms,
      p97_5Ms: outcome.p97_5Ms,
      failed: outcome.failed,
      wrong: outcome.wrong,
      callsPerRequest: calls / answered,
      cpu: after && (after.cpuSeconds - before.cpuSeconds) / outcome.seconds,
      cpuMsPerRequest: after && ((after.cpuSeconds - before.cpuSeconds) * 1_000) / answered,
      residentBytes: after?.residentBytes,
    };
  } finally {
    await gateway.stop();
  }
}

const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);
