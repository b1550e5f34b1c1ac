import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the condition holds. Fails after five seconds, so that a broken test ends instead of polling for ever. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${String(condition)}`);
    await sleep(2);
  }
}
