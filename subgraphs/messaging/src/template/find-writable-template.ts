import { isIdentifier, notFound, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationTemplate } from './notification-template.entity.ts';
import { mayReadTemplates, mayWriteTemplatesOf } from './template.policy.ts';

/** A template that the caller may change. Another organization's is `NOT_FOUND`. Call it as the system. */
export async function findWritableTemplate(work: MessagingWork, id: string): Promise<NotificationTemplate> {
  permit(work.session, mayReadTemplates(work.session));
  const template = isIdentifier(id) ? await work.em.findOne(NotificationTemplate, { id }) : null;
  const foreign = template?.organizationId && template.organizationId !== work.session.organizationId;
  if (!template || foreign) throw notFound('Template');
  permit(work.session, mayWriteTemplatesOf(work.session, template.organizationId ?? null));
  return template;
}
