import type { SubgraphEnvironment } from '../environment.ts';
import { startSubgraph } from './start-subgraph.ts';
import type { SubgraphDefinition } from './subgraph-definition.ts';

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
  const subgraph = await startSubgraph(definition, environment);
  await told;
  await subgraph.stop();
}
