import { readEnvironment } from './environment.ts';
import { startGateway } from './start-gateway.ts';

const gateway = await startGateway(readEnvironment());

/** How long stopping may take altogether: whoever tells us to waits for 30 seconds at most. */
const STOP_LIMIT_MS = 28_000;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    void gateway.stop().then(() => process.exit(0));
  });
}
