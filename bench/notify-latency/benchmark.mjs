import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, UsageError } from '../arguments.mjs';
import { Child, freePort } from '../process/child.mjs';
import { usageOf } from '../process/usage.mjs';
import { describeMachine, keepResult } from '../results.mjs';
import { startDatabase } from './database.mjs';
import { demoAdmin, signIn, untilReachable } from './graph.mjs';
import { measureDelivery } from './measure-delivery.mjs';
import { formatReport, summarise } from './report.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PRODUCT = here('../../standalone/dist/main.js');

/** Runs the benchmark and returns the exit code: 1 when a notification did not reach every socket. */
export async function run(given) {
  const options = readArguments(given, {
    subscribers: { default: 50 },
    notifications: { default: 200 },
    warmup: { default: 50 },
    pause: { default: 20 },
  });
  if (!existsSync(PRODUCT)) throw new UsageError('the product is not built: run `npm run build` first');
  const machine = describeMachine();
  const folder = mkdtempSync(join(tmpdir(), 'notify-latency-'));
  const started = [{ stop: () => rmSync(folder, { recursive: true, force: true }) }];
  try {
    const database = await startDatabase();
    started.push(database);
    const peer = new Child(here('raw-socket.mjs'));
    started.push(peer);
    const peerUrl = `ws://127.0.0.1:${await peer.receive()}`;
    const port = await freePort();
    const product = new Child(PRODUCT, {
      environment: {
        PORT: String(port),
        DATABASE_URL: database.url,
        DATA_FOLDER: folder,
        SUPERGRAPH_FILE: here('../../schema/supergraph.graphql'),
        // One person sends everything.
        REQUESTS_PER_PERSON: String(1e9),
        RATE_LIMITS: 'Mutation.sendNotification=off',
      },
    });
    started.push(product);
    const url = `http://127.0.0.1:${port}/graphql`;
    await product.serving(url);
    // The logins are printed after the first answer is possible.
    await product.printed(/Demo logins\n(.+\n)+\n/);

    const person = await signIn(url, demoAdmin(product.output));
    await untilReachable(url, person);
    const crowds = [];
    for (const subscribers of new Set([1, options.subscribers])) {
      const given = { ...options, subscribers, url, peer, peerUrl, databaseUrl: database.url, person };
      const before = usageOf(product.pid);
      const messages = await measureDelivery(given);
      const after = usageOf(product.pid);
      const sent = options.warmup + options.notifications;
      const cpuMs = before && after && ((after.cpuSeconds - before.cpuSeconds) * 1000) / sent;
      crowds.push({ ...summarise(messages, subscribers), cpuMs });
    }
    const result = { benchmark: 'notify-latency', machine, options, crowds };
    console.log(formatReport(result));
    console.log(`\nkept in ${keepResult('notify-latency', result)}`);
    return crowds.every(({ lost }) => lost === 0) ? 0 : 1;
  } finally {
    for (const part of started.toReversed()) await part.stop();
  }
}
