import { readEnvironment } from './environment.ts';
import { startGateway } from './start-gateway.ts';

const gateway = await startGateway(readEnvironment());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void gateway.stop().then(() => process.exit(0)));
}
