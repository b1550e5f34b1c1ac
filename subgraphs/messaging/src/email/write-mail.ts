import type { MessagingWork } from '../context.ts';
import type { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import { Channel } from '../notification/channel.ts';
import { TYPE_RULES } from '../notification/type-catalogue.ts';
import { TemplateShelf } from '../template/template.shelf.ts';
import { layOutMail } from './mail.layout.ts';
import type { Mail } from './mailer.ts';

/** For which identity seals the one-time tokens in its events. */
const TOKEN_PURPOSE = 'event:token';

/** Puts a delivery into words. The only place where a one-time token is opened. */
export async function writeMail(work: MessagingWork, delivery: NotificationDelivery): Promise<Mail> {
  const { links, sealer } = work.services;
  const { content, sealedToken, type } = delivery;
  if (!content?.address) throw new Error(`Delivery ${delivery.id} has no address.`);
  const shelf = await TemplateShelf.open(work, delivery, [content.locale]);
  const link = sealedToken
    ? links.redeem(type, sealer.unseal(sealedToken, TOKEN_PURPOSE))
    : content.link && links.absolute(content.link);
  const { subject, text, html } = shelf.render(Channel.EMAIL, content, content.variables, link);
  return {
    messageId: `<${delivery.id}@${new URL(links.app).hostname}>`,
    to: content.address,
    toName: content.name,
    subject,
    text,
    html: layOutMail(html ?? '', { title: subject, locale: content.locale }),
    ...(!TYPE_RULES[type].security && delivery.userId && { unsubscribeUrl: links.preferences }),
  };
}
