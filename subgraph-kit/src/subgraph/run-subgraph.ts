import type { SubgraphEnvironment } from '../environment.ts';
import { startSubgraph } from './start-subgraph.ts';
import type { SubgraphDefinition } from './subgraph-definition.ts';

/** How long stopping may take altogether. */
const STOP_LIMIT_MS = 28_000;

/** Runs a subgraph as a process of its own, until it is told to stop. */
export async function runSubgraph<
  Environment extends SubgraphEnvironment,
  Services,
  Events extends object,
  Loaders,
  Cases,
>(
  definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>,
  environment: Environment,
): Promise<void> {
  const told = new Promise<void>((resolve) => {
    let stopping = false;
    const onSignal = (): void => {
      // Whoever asks twice will not wait.
      if (stopping) process.exit(130);
      stopping = true;
      resolve();
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  });
  const subgraph = await startSubgraph(definition, environment, { ownsProcess: true });
  await told;
  // A handler or a job that does not end is run again elsewhere; whoever told us to stop waits for 30 seconds at most.
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  await subgraph.stop();
}
