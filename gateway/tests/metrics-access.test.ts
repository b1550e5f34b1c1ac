import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';

const TOKEN = 'a-token-that-only-scrapers-have';

let library: Library;
let gateway: RunningGateway;

beforeAll(async () => {
  library = await new Library().start();
});

afterEach(() => gateway.stop());
afterAll(() => library.stop());

async function start(settings: GatewaySettingsInput): Promise<void> {
  gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, development: false, ...settings });
}

/** The status of an answer with metrics in it, or of one without. */
async function look(headers: Record<string, string> = {}, port = gateway.port): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
  const text = await response.text();
  expect(text.includes('gateway_request_duration_seconds')).toBe(response.status === 200);
  return response.status;
}

describe('Metrics', () => {
  it('are not on the port of the graph in production', async () => {
    await start({});
    expect(await look()).toBe(404);
  });

  it('are there for this machine in development, unless somebody is behind it', async () => {
    await start({ development: true });
    expect(await look()).toBe(200);
    expect(await look({ 'x-forwarded-for': '203.0.113.9' })).toBe(404);
    expect(await look({ via: '1.1 proxy' })).toBe(404);
  });

  it('are there for nobody behind a proxy', async () => {
    await start({ development: true, trustedProxies: 1 });
    expect(await look()).toBe(404);
  });

  it('are there for whoever has the token, and for nobody else', async () => {
    await start({ development: true, metricsToken: TOKEN });
    expect(await look({ authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await look({ authorization: `Bearer ${TOKEN}x` })).toBe(404);
    expect(await look()).toBe(404);
  });

  it('are on a port of their own when there is one, and only there', async () => {
    await start({ development: true, metricsPort: 0 });
    expect(await look({}, gateway.metricsPort)).toBe(200);
    expect(await look()).toBe(404);
    expect((await fetch(`http://127.0.0.1:${gateway.metricsPort}/graphql`)).status).toBe(404);
  });

  it('keep the gateway from starting when their port is taken', async () => {
    await start({ metricsPort: 0 });
    const settings = { supergraphSdl: library.supergraphSdl, metricsPort: gateway.metricsPort };
    await expect(startTestGateway(settings)).rejects.toThrow('EADDRINUSE');
  });
});
