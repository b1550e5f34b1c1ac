import type { Registry } from 'prom-client';
import type { GatewaySettings } from '../settings.ts';
import { MetricsRoute } from './metrics.route.ts';
import { MetricsServer } from './metrics.server.ts';

export interface OpenMetrics {
  /** On the port of the graph. Absent when metrics have their own. */
  readonly route: MetricsRoute | undefined;
  /** Their own port. Absent when they have none. */
  readonly port: number | undefined;
  close(): Promise<void>;
}

/**
 * Offers metrics as the settings say: on a port of their own, to everybody who reaches it; or on that of the graph, to
 * whoever has the token, or in development to this machine. Rejects when the port is taken.
 */
export async function openMetrics(settings: GatewaySettings, registry: Registry): Promise<OpenMetrics> {
  const { metricsPort, metricsHost, metricsToken: token, development } = settings;
  if (metricsPort === undefined) {
    const openTo = development && settings.trustedProxies === 0 ? 'loopback' : 'nobody';
    return { route: new MetricsRoute(registry, { token, openTo }), port: undefined, close: async () => {} };
  }
  const server = new MetricsServer(new MetricsRoute(registry, { token, openTo: 'everybody' }));
  const port = await server.listen(metricsPort, metricsHost);
  return { route: undefined, port, close: () => server.close() };
}
