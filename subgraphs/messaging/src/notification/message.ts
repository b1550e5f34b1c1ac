import type { VariableValues } from '../template/variable.schema.ts';
import type { Channel } from './channel.ts';
import type { NotificationType } from './notification-type.ts';
import type { Subject } from './notification.subject.ts';

/** What people are told, before it is put into words. */
export interface Message {
  readonly type: NotificationType;
  readonly variables: VariableValues;
  /** What made it necessary, for example an event's id: nobody hears of the same cause and type twice. */
  readonly cause: string;
  /** Whose words are used, where an organization has its own. */
  readonly organizationId?: string | undefined;
  /** A path in the app, or a URL. */
  readonly link?: string | undefined;
  /** The thing that it is about, where others than messaging know it. */
  readonly subject?: Subject | undefined;
  readonly data?: Record<string, unknown> | undefined;
  /** Not more than these. */
  readonly channels?: readonly Channel[] | undefined;
  /** A sealed one-time token, only ever opened to write a mail's link. */
  readonly sealedToken?: string | undefined;
  /** After this, what was not sent is not sent any more. */
  readonly expiresAt?: Date | undefined;
}
