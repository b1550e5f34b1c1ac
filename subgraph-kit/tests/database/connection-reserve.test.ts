import { expect, test } from '@jest/globals';
import { startTestSubgraph } from '@supergraph/testkit';
import type { LibraryEvents, LibraryWork } from '../library/library.subgraph.ts';
import { library } from '../library/library.subgraph.ts';
import type { Kernel } from '../../src/subgraph/subgraph-definition.ts';

const POOL_SIZE = 3;

test('as many transactions as there are connections may each do something beside themselves', async () => {
  let kernel!: Kernel<unknown, object, LibraryEvents>;
  await using subgraph = await startTestSubgraph(
    { ...library, services: (given) => ((kernel = given), {}) },
    { environment: { DATABASE_POOL_SIZE: POOL_SIZE } },
  );
  const { runtime } = subgraph.running;
  const count = (em: LibraryWork['em']) => em.execute('select 1');
  let inside = 0;
  let most = 0;
  const startedAt = performance.now();

  const done = Array.from({ length: 4 * POOL_SIZE }, () =>
    runtime.asSystem((work) =>
      work.transaction(async () => {
        await count(work.em);
        most = Math.max(most, (inside += 1));
        await kernel.asSystem((beside) => count(beside.em));
        inside -= 1;
      }),
    ),
  );

  await Promise.all(done);
  expect(most).toBe(POOL_SIZE);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('whoever fails gives their connection back', async () => {
  await using subgraph = await startTestSubgraph(library, { environment: { DATABASE_POOL_SIZE: 1 } });
  for (let count = 0; count < 5; count += 1) {
    const failing = subgraph.running.runtime.asSystem(({ em }) => em.execute('select from nowhere'));
    await expect(failing).rejects.toThrow('nowhere');
  }
  expect(await subgraph.running.runtime.ping()).toHaveLength(1);
});
