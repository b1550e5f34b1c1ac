import { JOB_CONNECTIONS } from '../jobs/job.queue.ts';
import { RESERVED_CONNECTIONS } from './connection.reserve.ts';

/**
 * The most connections that a subgraph opens besides those of `DATABASE_POOL_SIZE`: the reserve, one that listens on the
 * bus, and those of its jobs, of which one listens too.
 */
export const CONNECTIONS_BESIDE_POOL = RESERVED_CONNECTIONS + 1 + JOB_CONNECTIONS + 1;
