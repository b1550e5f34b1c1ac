import type { Logger } from '@supergraph/protocol';
import type { Live } from './live.ts';
import { MemoryLive } from './memory.live.ts';

/** Fan-out over Redis where there is one, within this process where there is none. Does not wait for Redis. */
export async function createLive(redisUrl: string | undefined, log: Logger): Promise<Live> {
  if (!redisUrl) return new MemoryLive();
  // Only now: its client takes a tenth of a second to load, in every process that has no Redis too.
  const { RedisLive } = await import('./redis.live.ts');
  return new RedisLive(redisUrl, log);
}
