import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { checkTemplate } from './check-template.ts';
import { findWritableTemplate } from './find-writable-template.ts';
import type { NotificationTemplate } from './notification-template.entity.ts';
import type { UpdateNotificationTemplateInput } from './template.inputs.ts';

/** Changes a template's words. What is queued already is written with the new ones. */
export async function updateTemplate(
  work: MessagingWork,
  { id, version, ...parts }: UpdateNotificationTemplateInput,
): Promise<NotificationTemplate> {
  return asSystem(work, async () => {
    const template = await findWritableTemplate(work, id);
    checkTemplate(template.type, template.channel, parts);
    template.rewrite(parts, version, work.now());
    return template;
  });
}
