import { badUserInput } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { openSettings } from './open-settings.ts';
import type { UpdateQuietHoursInput } from './preference.inputs.ts';
import type { SettingsView } from './preference.types.ts';
import { readSettings } from './read-settings.ts';

/** Sets or removes the caller's quiet hours. What is queued already keeps its time. */
export async function updateQuietHours(
  work: MessagingWork,
  { quietHours }: UpdateQuietHoursInput,
): Promise<SettingsView> {
  if (quietHours && quietHours.start === quietHours.end) {
    throw badUserInput([{ path: 'input.quietHours.end', message: 'Quiet hours have to end at another time.' }]);
  }
  return work.transaction(async () => {
    (await openSettings(work)).quietHours = quietHours ?? undefined;
    await work.em.flush();
    return readSettings(work, undefined);
  });
}
