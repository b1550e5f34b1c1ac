import { createTransport, type Transporter } from 'nodemailer';
import { type Mail, type Mailer, MailNotAccepted } from './mailer.ts';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:587` or `smtps://…:465`. */
  readonly url: string;
  readonly from: string;
  /** Milliseconds each step of the conversation may take. */
  readonly timeoutMs?: number;
}

interface SmtpFailure extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** Sends mail through an SMTP server. One connection per mail, so that there is no pool to close. */
export class SmtpMailer implements Mailer {
  readonly #transport: Transporter;
  readonly #from: string;

  constructor({ url, from, timeoutMs = 15_000 }: SmtpMailerOptions) {
    this.#from = from;
    this.#transport = createTransport({
      url,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // What is in a mail comes from templates and must never become a path or an address to fetch.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(mail: Mail): Promise<void> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        to: { name: mail.toName ?? '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        ...(mail.unsubscribeUrl && { list: { unsubscribe: { url: mail.unsubscribeUrl } } }),
      });
    } catch (error) {
      throw translate(error as SmtpFailure);
    }
  }
}

function translate(error: SmtpFailure): MailNotAccepted {
  const { code, command = '', responseCode } = error;
  // Our own credentials are wrong: not the mail's fault, and an operator can put it right.
  if (code === 'EAUTH') return new MailNotAccepted('temporary', 'The mail server does not accept our credentials.');
  if (!responseCode) return new MailNotAccepted('temporary', 'The mail server cannot be reached.', { cause: error });
  const message = `The mail server answered ${responseCode}.`;
  if (responseCode < 500) return new MailNotAccepted('temporary', message);
  return new MailNotAccepted(command.startsWith('RCPT') ? 'bounced' : 'permanent', message);
}
