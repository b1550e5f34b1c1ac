import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { GatewayProcess } from './support/gateway.process.ts';
import { RawSocket } from './support/raw-socket.ts';

const SOCKETS = 2_000;
/** What is loaded and compiled with the first ones is not counted as theirs. */
const WARM_UP = 200;
const AT_ONCE = 100;
/** A third of a gigabyte for ten thousand; `bench/idle-sockets` measures those, and far less. */
const MAX_BYTES_EACH = 30 * 1024;

describe('a socket that nothing is asked on', () => {
  let gateway: GatewayProcess;
  const opened: RawSocket[] = [];

  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.terminate();
    await gateway.stop();
  });

  async function open(count: number): Promise<void> {
    const url = gateway.url.replace('http', 'ws');
    const headers = { 'user-agent': `A browser ${'x'.repeat(100)}`, cookie: `consent=${'x'.repeat(2_000)}` };
    for (let begun = 0; begun < count; begun += AT_ONCE) {
      const batch = Array.from({ length: AT_ONCE }, () => RawSocket.initialised(url, {}, { headers }));
      opened.push(...(await Promise.all(batch)));
    }
  }

  async function metric(name: string): Promise<number> {
    const response = await fetch(new URL('/metrics', gateway.url));
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await response.text())![1]);
  }

  it('costs the gateway less than 30 KB, whatever its client has sent along', async () => {
    gateway = await GatewayProcess.start({
      supergraphSdl: readFileSync('schema/supergraph.graphql', 'utf8'),
      // All come from here, and a busy machine is no reason to refuse any.
      environment: { MAX_SOCKETS_PER_ADDRESS: '5000', MAX_EVENT_LOOP_DELAY_MS: '60000' },
    });
    await open(WARM_UP);
    const before = await metric('process_resident_memory_bytes');
    await open(SOCKETS);
    expect(await metric('gateway_sockets_open')).toBe(WARM_UP + SOCKETS);
    const grown = (await metric('process_resident_memory_bytes')) - before;
    expect(grown / SOCKETS).toBeLessThan(MAX_BYTES_EACH);
  }, 60_000);
});
