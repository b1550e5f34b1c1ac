import type { MessagingKernel } from '../context.ts';
import type { Mail, Mailer } from './mailer.ts';

const KEEP = `insert into email_message (id, message_id, recipient, subject, text, html, sent_at)
  values (?, ?, ?, ?, ?, ?, ?) on conflict (message_id) do nothing`;

/** Keeps mail in the database instead of sending it, for development and trials: nothing leaves the machine. */
export class DevelopmentMailbox implements Mailer {
  readonly #asSystem: MessagingKernel['asSystem'];

  constructor(asSystem: MessagingKernel['asSystem']) {
    this.#asSystem = asSystem;
  }

  async send(mail: Mail): Promise<void> {
    await this.#asSystem((work) =>
      work.em.execute(
        KEEP,
        [work.newId(), mail.messageId, mail.to, mail.subject, mail.text, mail.html, work.now()],
        'run',
      ),
    );
  }
}
