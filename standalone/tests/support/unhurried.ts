import { randomUUID } from 'node:crypto';

/**
 * A gateway's environment for tests: they all come from one address, as fast as they can, may share one Redis, and make
 * event loops late on a busy machine. Limits of single fields hold.
 */
export function unhurried(): Record<string, string> {
  return {
    REDIS_PREFIX: `test:${randomUUID()}:`,
    REQUESTS_PER_ADDRESS: '0',
    REQUESTS_PER_PERSON: '0',
    REQUESTS_PER_KEY: '0',
    COST_PER_MINUTE: '0',
    MAX_EVENT_LOOP_DELAY_MS: '30000',
  };
}
