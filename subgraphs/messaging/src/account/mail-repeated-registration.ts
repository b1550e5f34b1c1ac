import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { mailAddress } from './mail-address.ts';

type Repeated = EventEnvelope<'user.registration_repeated', IdentityEvents['user.registration_repeated']>;

/** Tells the owner of an address what whoever tried to register with it was not told: that there is an account. */
export async function mailRepeatedRegistration(work: MessagingWork, event: Repeated): Promise<void> {
  await mailAddress(work, event, event.data, {
    type: NotificationType.REGISTRATION_REPEATED,
    variables: {},
    link: '/sign-in',
  });
}
