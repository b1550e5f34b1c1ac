import { badUserInput, conflict, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { TYPE_RULES } from '../notification/type-catalogue.ts';
import { checkTemplate } from './check-template.ts';
import { NotificationTemplate } from './notification-template.entity.ts';
import { type CreateNotificationTemplateInput, TemplateOwner } from './template.inputs.ts';
import { mayWriteTemplatesOf } from './template.policy.ts';

/** Adds the words for another language, or those an organization uses instead of the platform's. */
export async function createTemplate(
  work: MessagingWork,
  { owner, type, channel, locale, ...parts }: CreateNotificationTemplateInput,
): Promise<NotificationTemplate> {
  const organizationId = owner === TemplateOwner.ORGANIZATION ? work.session.requireOrganization() : null;
  permit(work.session, mayWriteTemplatesOf(work.session, organizationId));
  if (organizationId && TYPE_RULES[type].reserved) {
    // Otherwise an organization could dress its own message up as one about the safety of an account.
    throw badUserInput([{ path: 'input.type', message: `Only the platform words ${type}.` }]);
  }
  checkTemplate(type, channel, parts);
  return asSystem(work, async () => {
    const kind = { organizationId, type, channel, locale };
    if (await work.em.findOne(NotificationTemplate, kind)) throw conflict('There is such a template already.');
    const now = work.now();
    return work.em.create(NotificationTemplate, {
      ...kind,
      id: work.newId(),
      subject: parts.subject,
      text: parts.text,
      html: parts.html ?? null,
      customised: true,
      createdAt: now,
      updatedAt: now,
    });
  });
}
