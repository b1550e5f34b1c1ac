import { NotificationType } from './notification/notification-type.ts';

/** The app's pages that redeem a one-time token. */
const TOKEN_PAGES: Partial<Record<NotificationType, string>> = {
  [NotificationType.EMAIL_VERIFICATION]: '/verify-email',
  [NotificationType.PASSWORD_RESET]: '/reset-password',
  [NotificationType.INVITATION]: '/invitations/accept',
};

/** Where messages lead. */
export class Links {
  /** The product's address without a slash at its end. */
  readonly app: string;

  constructor(appUrl: string) {
    this.app = appUrl.replace(/\/+$/, '');
  }

  /** As it can be followed from outside of the app. */
  absolute(link: string): string {
    return link.startsWith('/') ? `${this.app}${link}` : link;
  }

  /** The token goes into the fragment: browsers send that to no server, so it gets into no access log and no `Referer`. */
  redeem(type: NotificationType, token: string): string {
    const page = TOKEN_PAGES[type];
    if (!page) throw new Error(`No page redeems a token of ${type}.`);
    return `${this.app}${page}#token=${encodeURIComponent(token)}`;
  }

  get preferences(): string {
    return `${this.app}/settings/notifications`;
  }
}

/** A path in the app, or a URL of the web; nothing that a browser would run. */
export function isLink(text: string): boolean {
  // Asked of the parser, because there are more ways out of the app than `//`: browsers skip tabs and turn backslashes.
  if (text.startsWith('/')) return URL.parse(text, 'http://app.invalid')?.host === 'app.invalid';
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
