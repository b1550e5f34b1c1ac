import type { MessagingWork } from '../context.ts';

/** The key that browsers need to subscribe. Public. */
export async function readPushKey(work: MessagingWork, _input: undefined): Promise<string> {
  return work.services.webPush.publicKey;
}
