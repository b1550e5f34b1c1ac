import type { MessagingWork } from '../context.ts';
import { builtinTemplates } from './builtin-templates.ts';

/** Adds what is missing and renews what nobody changed; leaves alone what somebody did. */
const INSTALL = `
insert into notification_template
  (id, type, channel, locale, subject, text, html, customised, version, created_at, updated_at)
select id, type, channel, locale, subject, text, html, false, 1, ?, ?
from jsonb_to_recordset(?::jsonb)
  as built_in (id uuid, type text, channel text, locale text, subject text, text text, html text)
on conflict (organization_id, type, channel, locale) do update
  set subject = excluded.subject, text = excluded.text, html = excluded.html,
    version = notification_template.version + 1, updated_at = excluded.updated_at
  where not notification_template.customised
    and (notification_template.subject, notification_template.text, notification_template.html)
      is distinct from (excluded.subject, excluded.text, excluded.html)`;

/** Brings the built-in templates into the database, where administrators change them. Safe to run at every start. */
export async function installTemplates(work: MessagingWork): Promise<void> {
  const rows = builtinTemplates().map((template) => ({ id: work.newId(), ...template }));
  await work.em.execute(INSTALL, [work.now(), work.now(), JSON.stringify(rows)], 'run');
}
