import { setTimeout as pause } from 'node:timers/promises';

/** Waits until the condition holds. Fails after 45 seconds, so that a broken test ends. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 45_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${String(condition)}`);
    await pause(20);
  }
}
