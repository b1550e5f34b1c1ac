import { registerEnumType } from 'type-graphql';

/** A way to reach somebody. */
export enum Channel {
  IN_APP = 'IN_APP',
  EMAIL = 'EMAIL',
  WEB_PUSH = 'WEB_PUSH',
}

registerEnumType(Channel, {
  name: 'NotificationChannel',
  description: 'A way to reach somebody.',
  valuesConfig: {
    IN_APP: { description: 'The list in the app, live.' },
    EMAIL: { description: 'An e-mail with a text and an HTML part.' },
    WEB_PUSH: { description: 'A push message to every browser that the person registered.' },
  },
});
