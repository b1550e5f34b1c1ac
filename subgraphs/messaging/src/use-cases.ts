import { broadcastNotification } from './broadcast/broadcast-notification.ts';
import { cancelBroadcast } from './broadcast/cancel-broadcast.ts';
import { searchBroadcasts } from './broadcast/search-broadcasts.ts';
import { retryDelivery } from './delivery/retry-delivery.ts';
import { searchDeliveries } from './delivery/search-deliveries.ts';
import { readDevelopmentMailbox } from './email/read-development-mailbox.ts';
import { archiveNotifications } from './notification/archive-notifications.ts';
import { markAllNotificationsRead } from './notification/mark-all-notifications-read.ts';
import { markNotificationsRead } from './notification/mark-notifications-read.ts';
import { markNotificationsUnread } from './notification/mark-notifications-unread.ts';
import { restoreNotifications } from './notification/restore-notifications.ts';
import { sendNotification } from './notification/send-notification.ts';
import { readSettings } from './preference/read-settings.ts';
import { updateDigest } from './preference/update-digest.ts';
import { updatePreferences } from './preference/update-preferences.ts';
import { updateQuietHours } from './preference/update-quiet-hours.ts';
import { readPushKey } from './push/read-push-key.ts';
import { registerPushSubscription } from './push/register-push-subscription.ts';
import { unregisterPushSubscription } from './push/unregister-push-subscription.ts';
import { createTemplate } from './template/create-template.ts';
import { deleteTemplate } from './template/delete-template.ts';
import { describeTypes } from './template/describe-types.ts';
import { previewTemplate } from './template/preview-template.ts';
import { searchTemplates } from './template/search-templates.ts';
import { updateTemplate } from './template/update-template.ts';

/** All that can be asked of messaging through the graph. */
export const useCases = {
  archiveNotifications,
  broadcastNotification,
  cancelBroadcast,
  createTemplate,
  deleteTemplate,
  describeTypes,
  markAllNotificationsRead,
  markNotificationsRead,
  markNotificationsUnread,
  previewTemplate,
  readDevelopmentMailbox,
  readPushKey,
  readSettings,
  registerPushSubscription,
  restoreNotifications,
  retryDelivery,
  searchBroadcasts,
  searchDeliveries,
  searchTemplates,
  sendNotification,
  unregisterPushSubscription,
  updateDigest,
  updatePreferences,
  updateQuietHours,
  updateTemplate,
};
