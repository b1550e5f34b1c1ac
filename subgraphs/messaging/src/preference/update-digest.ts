import type { MessagingWork } from '../context.ts';
import { openSettings } from './open-settings.ts';
import type { UpdateNotificationDigestInput } from './preference.inputs.ts';
import type { SettingsView } from './preference.types.ts';
import { readSettings } from './read-settings.ts';

/** Chooses how often the caller gets a summary. */
export async function updateDigest(
  work: MessagingWork,
  { digest }: UpdateNotificationDigestInput,
): Promise<SettingsView> {
  return work.transaction(async () => {
    (await openSettings(work)).digest = digest;
    await work.em.flush();
    return readSettings(work, undefined);
  });
}
