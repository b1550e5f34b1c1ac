import type { MessagingWork } from '../context.ts';
import { NotificationSettings } from './notification-settings.entity.ts';

/** The caller's settings, made if this is the first change. Two first changes at once end in one row. */
export async function openSettings(work: MessagingWork): Promise<NotificationSettings> {
  const userId = work.session.requirePerson();
  await work.em.execute(
    'insert into notification_settings (user_id) values (?) on conflict do nothing',
    [userId],
    'run',
  );
  return work.em.findOneOrFail(NotificationSettings, { userId });
}
