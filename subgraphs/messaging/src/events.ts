/** The events messaging publishes: name → payload. */
export interface MessagingEvents {
  /** A channel took a notification: the app's list at once, mail and push when their server accepted it. */
  'notification.sent': {
    /** Absent for mail to somebody without a notification in the app. */
    notificationId?: string;
    userId?: string;
    type: string;
    channel: 'IN_APP' | 'EMAIL' | 'WEB_PUSH';
  };
}

export const messagingEventVersions = { 'notification.sent': 1 } as const;
