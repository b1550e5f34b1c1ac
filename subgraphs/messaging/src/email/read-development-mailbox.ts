import { findPage, notFound, type Page, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import type { DevelopmentMailboxArguments } from './email.inputs.ts';
import { EmailMessage } from './email-message.entity.ts';
import { mayReadMailbox } from './email.policy.ts';

/** The mails that stayed here, newest first. There is no such mailbox once a mail server is configured. */
export async function readDevelopmentMailbox(
  work: MessagingWork,
  args: DevelopmentMailboxArguments,
): Promise<Page<EmailMessage>> {
  permit(work.session, mayReadMailbox(work.session));
  if (!work.services.developmentMailbox) throw notFound('Development mailbox');
  const where = args.to ? { recipient: args.to } : {};
  return pageAsSystem(() => findPage(work.em, EmailMessage, { where, orderBy: { sentAt: 'desc' }, args }));
}
