import { badUserInput, type FieldProblem } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { isMandatory } from '../notification/choose-channels.ts';
import { TYPE_RULES } from '../notification/type-catalogue.ts';
import type { NotificationPreferenceInput, UpdateNotificationPreferencesInput } from './preference.inputs.ts';
import type { SettingsView } from './preference.types.ts';
import { readSettings } from './read-settings.ts';

const CHOOSE = `
insert into notification_preference (user_id, type, channel, enabled)
select ?, type, channel, enabled from jsonb_to_recordset(?::jsonb) as choice (type text, channel text, enabled boolean)
on conflict (user_id, type, channel) do update set enabled = excluded.enabled`;

/** Notes the caller's choices. What keeps an account safe cannot be turned off. */
export async function updatePreferences(
  work: MessagingWork,
  { preferences }: UpdateNotificationPreferencesInput,
): Promise<SettingsView> {
  const userId = work.session.requirePerson();
  const problems = preferences.flatMap(problemOf);
  if (problems.length > 0) throw badUserInput(problems);
  // The last word counts where a client says two things about the same.
  const choices = new Map(preferences.map((choice) => [`${choice.type} ${choice.channel}`, choice]));
  await work.em.execute(CHOOSE, [userId, JSON.stringify([...choices.values()])], 'run');
  return readSettings(work, undefined);
}

function problemOf({ type, channel, enabled }: NotificationPreferenceInput, index: number): FieldProblem[] {
  const path = `input.preferences.${index}`;
  if (!TYPE_RULES[type].channels.includes(channel)) {
    return [{ path: `${path}.channel`, message: `${type} does not come by ${channel}.` }];
  }
  if (!enabled && isMandatory(type, channel)) {
    return [{ path: `${path}.enabled`, message: `${type} by ${channel} keeps the account safe and stays on.` }];
  }
  return [];
}
