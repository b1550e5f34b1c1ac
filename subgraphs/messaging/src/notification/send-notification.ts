import { badUserInput, idempotent, isIdentifier, notFound, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { RecipientOrganization } from '../recipient/recipient-organization.entity.ts';
import { isRecord, problemsOf } from '../template/variable.schema.ts';
import type { SendNotificationInput } from './notification.inputs.ts';
import { maySendNotifications } from './notification.policy.ts';
import type { SentNotification } from './notification.payloads.ts';
import { notifyRecipients } from './notify-recipients.ts';
import { TYPE_RULES } from './type-catalogue.ts';

/** Tells a member of the caller's organization something. A stranger's id is `NOT_FOUND`, whether it exists or not. */
export async function sendNotification(work: MessagingWork, input: SendNotificationInput): Promise<SentNotification> {
  permit(work.session, maySendNotifications(work.session));
  const organizationId = work.session.requireOrganization();
  checkMessage(input);
  const { idempotencyKey: key, ...message } = input;
  return asSystem(work, () =>
    idempotent(work, { operation: 'sendNotification', key, input: message }, async () => {
      await requireMember(work, organizationId, input.recipientId);
      const [notified] = await notifyRecipients(work, [input.recipientId.toLowerCase()], {
        type: input.type,
        variables: input.variables,
        cause: `send:${work.newId()}`,
        organizationId,
        link: input.link ?? undefined,
        data: input.data ?? undefined,
        channels: input.channels ?? undefined,
      });
      return {
        notificationId: notified?.notification?.id ?? null,
        channels: notified?.deliveries.map((delivery) => delivery.channel) ?? [],
      };
    }),
  );
}

const MAX_DATA_LENGTH = 4_000;

function checkMessage({ type, variables, data }: SendNotificationInput): void {
  const { reserved, variables: schema } = TYPE_RULES[type];
  if (reserved) throw badUserInput([{ path: 'input.type', message: `Only the product itself sends ${type}.` }]);
  if (!isRecord(variables)) throw badUserInput([{ path: 'input.variables', message: 'variables must be an object.' }]);
  if (data && (!isRecord(data) || JSON.stringify(data).length > MAX_DATA_LENGTH)) {
    throw badUserInput([{ path: 'input.data', message: 'data must be an object of at most 4 kB.' }]);
  }
  const problems = problemsOf(schema, variables, 'input.variables');
  if (problems.length > 0) throw badUserInput(problems);
}

async function requireMember(work: MessagingWork, organizationId: string, userId: string): Promise<void> {
  const membership = isIdentifier(userId)
    ? await work.em.findOne(RecipientOrganization, { organizationId, userId, member: true })
    : null;
  if (!membership) throw notFound('Recipient');
}
