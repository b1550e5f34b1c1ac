/** A mail, ready to be sent. */
export interface Mail {
  /** The same at each attempt, so that whoever gets it twice can tell. */
  readonly messageId: string;
  readonly to: string;
  readonly toName?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where its reader can turn such mail off; absent where that cannot be done. */
  readonly unsubscribeUrl?: string;
}

/** Hands mail over. Resolves when somebody has taken responsibility for it. */
export interface Mailer {
  /** @throws MailNotAccepted */
  send(mail: Mail): Promise<void>;
}

/**
 * Why a mail was not taken: `temporary` may succeed later, `permanent` will not, and `bounced` is permanent for anything
 * to that address.
 *
 * The message is in our words and safe to show: what the server answered may quote the mail.
 */
export class MailNotAccepted extends Error {
  override readonly name = 'MailNotAccepted';

  constructor(
    readonly kind: 'temporary' | 'permanent' | 'bounced',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
