import type { Agent } from 'node:https';
import { Sealer } from '@supergraph/subgraph-kit';
import type { MessagingKernel } from './context.ts';
import { DevelopmentMailbox } from './email/development-mailbox.mailer.ts';
import type { Mailer } from './email/mailer.ts';
import { SmtpMailer } from './email/smtp.mailer.ts';
import type { MessagingEnvironment } from './environment.ts';
import { Links } from './links.ts';
import { loadVapidKeys } from './push/load-vapid-keys.ts';
import { WebPushChannel } from './push/web-push.channel.ts';
import { installTemplates } from './template/install-templates.ts';

/** What is built once, at start. */
export interface MessagingServices {
  readonly mailer: Mailer;
  /** Whether mail stays here, for an administrator to read. */
  readonly developmentMailbox: boolean;
  readonly webPush: WebPushChannel;
  readonly sealer: Sealer;
  readonly links: Links;
  readonly retentionDays: number;
}

/** What tests put in place of the ordinary parts. */
export interface ServiceReplacements {
  readonly mailer?: Mailer;
  /** One that may reach a push service on this machine. */
  readonly pushAgent?: Agent;
}

export async function createServices(
  { environment, asSystem, log }: MessagingKernel,
  replacements: ServiceReplacements = {},
): Promise<MessagingServices> {
  const sealer = new Sealer(environment.SEALING_SECRETS);
  const links = new Links(environment.APP_URL);
  await asSystem(installTemplates);
  const keys = await loadVapidKeys(environment, sealer, asSystem);
  if (!environment.SMTP_URL) log.info('no SMTP_URL: mail goes to the development mailbox');
  return {
    mailer: replacements.mailer ?? createMailer(environment, asSystem),
    developmentMailbox: !environment.SMTP_URL,
    webPush: new WebPushChannel({ keys, subject: pushSubject(links.app), agent: replacements.pushAgent }),
    sealer,
    links,
    retentionDays: environment.NOTIFICATION_RETENTION_DAYS,
  };
}

function createMailer(
  { SMTP_URL: url, MAIL_FROM: from }: MessagingEnvironment,
  asSystem: MessagingKernel['asSystem'],
): Mailer {
  return url ? new SmtpMailer({ url, from }) : new DevelopmentMailbox(asSystem);
}

/** Push services take `https:` or `mailto:` only. */
function pushSubject(app: string): string {
  return app.startsWith('https:') ? app : `mailto:operator@${new URL(app).hostname}`;
}
