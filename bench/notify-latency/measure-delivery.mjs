import { setTimeout as delay } from 'node:timers/promises';
import { commitTimes } from './database.mjs';
import { isJoined, nameOf, sendOrderUpdate, SUBSCRIPTION } from './graph.mjs';
import { connectRaw, subscribe } from './subscribers.mjs';

// Far beyond anything that would be called live; what takes longer counts as lost.
const PATIENCE_MS = 5_000;

/**
 * Sends one notification after another and notes when it was committed and when it reached each socket.
 *
 * Product and peer take turns with every message, and the peer sends the very bytes that the product's sockets got, so
 * that both meet the same noise and the same parsing.
 *
 * @returns {Promise<{ latencies: number[], peerLatencies: number[] }[]>} in milliseconds, one per socket reached
 */
export async function measureDelivery({ url, peer, peerUrl, databaseUrl, person, ...options }) {
  const crowd = await openCrowds(options.subscribers, { url, peerUrl, token: person.token });
  try {
    const messages = [];
    for (let index = 0; index < options.warmup + options.notifications; index += 1) {
      const name = `bench-${options.subscribers}-${index}`;
      await sendOrderUpdate(url, person, name);
      const message = await followMessage(name, crowd, peer);
      if (index >= options.warmup) messages.push(message);
      await delay(options.pause);
    }
    const ids = messages.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const committedAt = await commitTimes(databaseUrl, ids);
    return messages.map(({ id, arrivals, peerLatencies }) => ({
      latencies: arrivals.map((arrivedAt) => since(committedAt.get(id), arrivedAt)),
      peerLatencies,
    }));
  } finally {
    await crowd.close();
  }
}

async function openCrowds(size, { url, peerUrl, token }) {
  const events = new Map();
  const faults = [];
  const product = await subscribe(size, {
    url: url.replace(/^http/, 'ws'),
    token,
    query: SUBSCRIPTION,
    onFault: (fault) => faults.push(fault),
    nameOf: (event) => {
      const name = nameOf(event);
      if (name !== undefined) events.set(name, event);
      if (!isJoined(event)) faults.push(`not joined with identity: ${JSON.stringify(event)}`);
      return name;
    },
  });
  const plain = await connectRaw(size, { url: peerUrl, nameOf });
  return { product, plain, events, faults, close: () => Promise.all([product.close(), plain.close()]) };
}

async function followMessage(name, { product, plain, events, faults }, peer) {
  const arrivals = await product.arrivals.of(name, PATIENCE_MS);
  if (faults.length > 0) throw new Error(`a subscription failed: ${JSON.stringify(faults[0])}`);
  const event = events.get(name);
  if (!event) return { id: undefined, arrivals: [], peerLatencies: [] };
  const sentAt = await peer.ask(asFrame(event));
  const peerArrivals = await plain.arrivals.of(name, PATIENCE_MS);
  return {
    id: event.notificationAdded.id,
    arrivals,
    peerLatencies: peerArrivals.map((arrivedAt) => arrivedAt - sentAt),
  };
}

/** The message that the protocol sends for an event. */
function asFrame(event) {
  return JSON.stringify({ id: '00000000-0000-4000-8000-000000000000', type: 'next', payload: { data: event } });
}

function since(committedAt, arrivedAt) {
  // Nobody may hear of what is not committed yet; a message that came earlier is a bug and not a good latency.
  if (!(arrivedAt >= committedAt))
    throw new Error(`a notification arrived at ${arrivedAt}, committed at ${committedAt}`);
  return arrivedAt - committedAt;
}
