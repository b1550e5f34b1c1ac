import { findPage, type Page, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationTemplate } from './notification-template.entity.ts';
import type { NotificationTemplateArguments } from './template.inputs.ts';
import { mayReadTemplates } from './template.policy.ts';

/** The platform's templates and those of the active organization, by type. */
export async function searchTemplates(
  work: MessagingWork,
  { filter, ...args }: NotificationTemplateArguments,
): Promise<Page<NotificationTemplate>> {
  permit(work.session, mayReadTemplates(work.session));
  const where = {
    ...(filter?.type && { type: filter.type }),
    ...(filter?.channel && { channel: filter.channel }),
    ...(filter?.locale && { locale: filter.locale }),
  };
  return findPage(work.em, NotificationTemplate, {
    where,
    orderBy: { type: 'asc', channel: 'asc', locale: 'asc' },
    args,
  });
}
