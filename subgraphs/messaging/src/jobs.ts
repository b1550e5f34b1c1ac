import { job, type JobHandlers } from '@supergraph/subgraph-kit';
import { RUN_BROADCAST, runBroadcast } from './broadcast/run-broadcast.ts';
import { sendDigests } from './digest/send-digests.ts';
import { deliverEmail, EMAIL_RETRY_LIMIT } from './email/deliver-email.ts';
import type { MessagingEvents } from './events.ts';
import { deliverPush, PUSH_RETRY_LIMIT } from './push/deliver-push.ts';
import { purgeExpired } from './retention/purge-expired.ts';
import type { MessagingServices } from './services.ts';

/** What messaging does outside of requests. */
export const jobs: JobHandlers<MessagingServices, MessagingEvents> = {
  'deliver-email': job(deliverEmail, { retryLimit: EMAIL_RETRY_LIMIT, concurrency: 4 }),
  'deliver-push': job(deliverPush, { retryLimit: PUSH_RETRY_LIMIT, concurrency: 4 }),
  [RUN_BROADCAST]: job(runBroadcast, { retryLimit: 20 }),
  'send-digests': job(sendDigests, { timeout: 600, concurrency: 1, schedule: { cron: '5 * * * *' } }),
  'purge-expired': job(purgeExpired, { timeout: 600, concurrency: 1, schedule: { cron: '40 3 * * *' } }),
};
