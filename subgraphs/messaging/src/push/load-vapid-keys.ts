import type { Sealer } from '@supergraph/subgraph-kit';
import webPush from 'web-push';
import type { MessagingKernel } from '../context.ts';
import type { MessagingEnvironment } from '../environment.ts';
import { VapidKey } from './vapid-key.entity.ts';
import type { VapidKeys } from './web-push.channel.ts';

const PURPOSE = 'vapid:private-key';

const KEEP = `insert into vapid_key (id, public_key, sealed_private_key, created_at)
  values (1, ?, ?, ?) on conflict do nothing`;

/**
 * The key pair push services know us by: configured, or made at the first start and kept sealed. Every browser's
 * subscription is bound to it, so it stays.
 */
export async function loadVapidKeys(
  environment: MessagingEnvironment,
  sealer: Sealer,
  asSystem: MessagingKernel['asSystem'],
): Promise<VapidKeys> {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = environment;
  if (publicKey && privateKey) return { publicKey, privateKey };
  return asSystem(async (work) => {
    let kept = await work.em.findOne(VapidKey, { id: 1 });
    if (!kept) {
      const made = webPush.generateVAPIDKeys();
      const row = [made.publicKey, sealer.seal(made.privateKey, PURPOSE), work.now()];
      // Of two processes that start at once, one makes the keys and both use them.
      await work.em.execute(KEEP, row, 'run');
      kept = await work.em.findOneOrFail(VapidKey, { id: 1 });
    }
    return { publicKey: kept.publicKey, privateKey: sealer.unseal(kept.sealedPrivateKey, PURPOSE) };
  });
}
