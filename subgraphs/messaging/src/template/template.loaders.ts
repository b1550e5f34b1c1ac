import { loadOne } from '@supergraph/subgraph-kit';
import type { MessagingReader } from '../context.ts';
import { NotificationTemplate } from './notification-template.entity.ts';
import { mayReadTemplates } from './template.policy.ts';
import { nothingFor } from '../nothing-for.ts';

export function createTemplateLoaders({ em, session }: MessagingReader) {
  return {
    templateById: mayReadTemplates(session) ? loadOne(em, NotificationTemplate) : nothingFor<NotificationTemplate>(),
  };
}
