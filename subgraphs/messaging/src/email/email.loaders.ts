import { loadOne, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { MessagingReader } from '../context.ts';
import { nothingFor } from '../nothing-for.ts';
import { EmailMessage } from './email-message.entity.ts';
import { mayReadMailbox } from './email.policy.ts';

export function createEmailLoaders({ em, session, services }: MessagingReader) {
  const readable = services.developmentMailbox && mayReadMailbox(session);
  return { emailMessageById: readable ? loadAsSystem(loadOne(em, EmailMessage)) : nothingFor<EmailMessage>() };
}

/** For rows that nobody owns, once the policy was checked. */
function loadAsSystem<Entity>(inner: DataLoader<string, Entity | null>): DataLoader<string, Entity | null> {
  return new DataLoader<string, Entity | null>(
    (ids) => withRowScope(Session.system(), () => inner.loadMany([...ids])) as Promise<(Entity | null)[]>,
  );
}
