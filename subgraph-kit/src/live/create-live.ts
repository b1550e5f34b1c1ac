import type { Logger } from '@supergraph/protocol';
import type { Live } from './live.ts';
import { MemoryLive } from './memory.live.ts';
import { RedisLive } from './redis.live.ts';

/** Fan-out over Redis where there is one, within this process where there is none. Does not wait for Redis. */
export function createLive(redisUrl: string | undefined, log: Logger): Live {
  return redisUrl ? new RedisLive(redisUrl, log) : new MemoryLive();
}
