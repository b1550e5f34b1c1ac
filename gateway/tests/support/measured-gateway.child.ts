import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { GatewaySettingsInput } from '../../src/settings.ts';
import { startGateway } from '../../src/start-gateway.ts';
import type { Measured } from './measured-gateway.ts';

/** The longest the event loop was held up, seen every other millisecond. */
const delays = monitorEventLoopDelay({ resolution: 2 });
let residentBefore = 0;
let peakBefore = 0;
let workBefore: NodeJS.CpuUsage;

function begin(): void {
  residentBefore = process.memoryUsage.rss();
  peakBefore = process.resourceUsage().maxRSS;
  workBefore = process.threadCpuUsage();
  delays.reset();
}

function end(): Measured {
  const { user, system } = process.threadCpuUsage(workBefore);
  const peak = process.resourceUsage().maxRSS;
  const resident = Math.max(process.memoryUsage.rss(), peak > peakBefore ? peak * 1024 : 0);
  return { workedMs: (user + system) / 1e3, blockedMs: delays.max / 1e6, grownBytes: resident - residentBefore };
}

const gateway = await startGateway(JSON.parse(process.argv[2]!) as GatewaySettingsInput);
delays.enable();
process.on('message', (message) => {
  if (message === 'begin') begin();
  process.send!(message === 'end' ? end() : 'begun');
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());
process.send!({ port: gateway.port });
