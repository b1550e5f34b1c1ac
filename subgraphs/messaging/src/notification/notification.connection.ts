import { connectionOf } from '@supergraph/subgraph-kit';
import { Notification } from './notification.entity.ts';

export const NotificationConnection = connectionOf(Notification);
