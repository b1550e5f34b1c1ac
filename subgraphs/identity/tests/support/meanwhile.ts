import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Session, withRowScope } from '@supergraph/subgraph-kit';
import type { TestIdentity } from './identity.ts';

/** How long to wait for somebody to run into a lock, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Begins something while another process is in the middle of a transaction, which is committed once the first has run
 * into one of its locks, or is done. What was begun comes back in an object, so that nobody awaits it too early.
 */
export async function meanwhile<Begun extends object>(
  { running: { runtime } }: TestIdentity,
  change: (em: EntityManager) => Promise<unknown>,
  begin: () => Begun,
): Promise<Begun> {
  return withRowScope(Session.system(), async () => {
    const em = runtime.openEntityManager();
    await em.begin();
    const [holder] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
    await change(em);
    const begun = begin();
    let finished = false;
    void Promise.allSettled(Object.values(begun)).then(() => (finished = true));
    for (let waited = 0; waited < PATIENCE_MS && !finished; waited += 10) {
      const [row] = await runtime
        .openEntityManager()
        .execute<{ waiting: number }[]>(
          'select count(*)::integer as waiting from pg_locks where not granted and ? = any(pg_blocking_pids(pid))',
          [holder!.pid],
        );
      if (row!.waiting > 0) break;
      await setTimeout(10);
    }
    await em.commit();
    return begun;
  });
}
