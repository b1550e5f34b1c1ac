import { NotificationType } from '../../notification/notification-type.ts';
import type { Vocabulary } from '../builtin-templates.ts';
import { ENGLISH_COMMERCE } from './english.commerce.ts';

export const ENGLISH: Vocabulary = {
  ...ENGLISH_COMMERCE,
  [NotificationType.WELCOME]: {
    title: 'Welcome, {{recipientName}}',
    body: 'Your account is ready. Have a look around.',
    mail: {
      subject: 'Welcome, {{recipientName}}',
      paragraphs: ['Hello {{recipientName}},', 'your account is ready. Have a look around.'],
      action: 'Open the app',
    },
  },
  [NotificationType.EMAIL_VERIFICATION]: {
    title: 'Confirm your e-mail address',
    body: 'We sent you a mail with a link.',
    mail: {
      subject: 'Confirm your e-mail address',
      paragraphs: [
        'Hello {{recipientName}},',
        'please confirm that this is your e-mail address. The link works until {{dateTime expiresAt}}.',
        'If you did not ask for this, you need not do anything.',
      ],
      action: 'Confirm the address',
    },
  },
  [NotificationType.REGISTRATION_REPEATED]: {
    title: 'You already have an account',
    body: 'Somebody tried to register with your e-mail address.',
    mail: {
      subject: 'You already have an account',
      paragraphs: [
        'Hello {{recipientName}},',
        'somebody tried to register with your e-mail address. You already have an account: sign in, or set a new password if you forgot yours.',
        'If it was not you, you need not do anything. Nobody got in.',
      ],
      action: 'Sign in',
    },
  },
  [NotificationType.PASSWORD_RESET]: {
    title: 'Set a new password',
    body: 'We sent you a mail with a link.',
    mail: {
      subject: 'Set a new password',
      paragraphs: [
        'Hello {{recipientName}},',
        'somebody asked to set a new password for your account. The link works once, until {{dateTime expiresAt}}.',
        'If it was not you, you need not do anything: your password stays as it is.',
      ],
      action: 'Set a new password',
    },
  },
  [NotificationType.PASSWORD_CHANGED]: {
    title: 'Your password was changed',
    body: 'On {{dateTime changedAt}}. If it was not you, set a new one at once.',
    mail: {
      subject: 'Your password was changed',
      paragraphs: [
        'Hello {{recipientName}},',
        'your password was changed on {{dateTime changedAt}}.',
        'If it was not you, set a new one at once.',
      ],
      action: 'Check your account',
    },
  },
  [NotificationType.NEW_SIGN_IN]: {
    title: 'New sign-in: {{device}}',
    body: 'On {{dateTime startedAt}}{{#if address}} from {{address}}{{/if}}. If it was not you, change your password.',
    mail: {
      subject: 'New sign-in to your account',
      paragraphs: [
        'Hello {{recipientName}},',
        'somebody signed in to your account with {{device}} on {{dateTime startedAt}}{{#if address}} from {{address}}{{/if}}.',
        'If it was you, you need not do anything. If not, change your password and sign out everywhere.',
      ],
      action: 'See where you are signed in',
    },
  },
  [NotificationType.INVITATION]: {
    title: 'Invitation to {{organizationName}}',
    body: '{{inviterName}} invites you to join as {{role}}. See your mail.',
    mail: {
      subject: '{{inviterName}} invites you to {{organizationName}}',
      paragraphs: [
        'Hello,',
        '{{inviterName}} invites you to join {{organizationName}} as {{role}}. The link works until {{dateTime expiresAt}}.',
      ],
      action: 'See the invitation',
    },
  },
  [NotificationType.ACTIVITY_REMINDER]: {
    title: 'Reminder: {{subject}}',
    body: '{{#if kind}}{{kind}}, due{{else}}Due{{/if}} on {{dateTime dueAt}}.',
    mail: {
      subject: 'Reminder: {{subject}}',
      paragraphs: ['Hello {{recipientName}},', '{{subject}} is due on {{dateTime dueAt}}.'],
      action: 'Open the activity',
    },
  },
  [NotificationType.DEAL_STAGE_CHANGE]: {
    title: '{{dealName}} is now in {{toStage}}',
    body: '{{#if changedBy}}{{changedBy}} moved it{{else}}It moved{{/if}} from {{fromStage}}.{{#if value}} Worth {{money value}}.{{/if}}',
    mail: {
      subject: '{{dealName}} is now in {{toStage}}',
      paragraphs: [
        'Hello {{recipientName}},',
        '{{dealName}} went from {{fromStage}} to {{toStage}}{{#if changedBy}}; {{changedBy}} moved it{{/if}}.{{#if value}} It is worth {{money value}}.{{/if}}',
      ],
      action: 'Open the deal',
    },
  },
  [NotificationType.WEEKLY_SUMMARY]: {
    title: '{{integer unreadCount}} unread',
    body: 'Since {{dateTime since}}.',
    mail: {
      subject: '{{integer unreadCount}} unread since {{dateTime since}}',
      paragraphs: [
        'Hello {{recipientName}},',
        'this is what you have not read since {{dateTime since}}:',
        '{{#each items}}– {{title}}, {{dateTime createdAt}}\n{{/each}}',
      ],
      action: 'Read all',
    },
  },
  [NotificationType.NEW_LEAD]: {
    title: 'New lead: {{leadName}}',
    body: '{{#if company}}{{company}}. {{/if}}{{#if source}}Came in by {{source}}.{{/if}}',
    mail: {
      subject: 'New lead: {{leadName}}',
      paragraphs: [
        'Hello {{recipientName}},',
        '{{leadName}}{{#if company}} of {{company}}{{/if}} is a new lead{{#if source}}, by {{source}}{{/if}}.',
      ],
      action: 'Open the lead',
    },
  },
  [NotificationType.ORDER_UPDATE]: {
    title: 'Order {{orderNumber}}: {{status}}',
    body: '{{#if total}}Total: {{money total}}.{{/if}}',
    mail: {
      subject: 'Order {{orderNumber}}: {{status}}',
      paragraphs: [
        'Hello {{recipientName}},',
        'your order {{orderNumber}} is now: {{status}}.{{#if total}} Total: {{money total}}.{{/if}}',
      ],
      action: 'Follow the order',
    },
  },
  [NotificationType.LOW_STOCK]: {
    title: 'Low stock: {{productName}}',
    body: '{{integer remaining}} left{{#if sku}} of {{sku}}{{/if}}.',
    mail: {
      subject: 'Low stock: {{productName}}',
      paragraphs: [
        'Hello {{recipientName}},',
        'only {{integer remaining}} left of {{productName}}{{#if sku}} ({{sku}}){{/if}}.',
      ],
      action: 'Open the product',
    },
  },
  [NotificationType.OFFER_RECEIVED]: {
    title: 'Offer from {{from}}: {{money amount}}',
    body: '{{#if expiresAt}}Valid until {{dateTime expiresAt}}.{{/if}}',
    mail: {
      subject: 'Offer from {{from}}: {{money amount}}',
      paragraphs: [
        'Hello {{recipientName}},',
        '{{from}} offers {{money amount}}.{{#if expiresAt}} The offer is valid until {{dateTime expiresAt}}.{{/if}}',
      ],
      action: 'Answer the offer',
    },
  },
  [NotificationType.LISTING_REVIEWED]: {
    title: '{{listingTitle}}: {{outcome}}',
    body: '{{#if reason}}{{reason}}{{/if}}',
    mail: {
      subject: 'Your listing {{listingTitle}}: {{outcome}}',
      paragraphs: [
        'Hello {{recipientName}},',
        'your listing {{listingTitle}} was reviewed: {{outcome}}.{{#if reason}} {{reason}}{{/if}}',
      ],
      action: 'Open the listing',
    },
  },
  [NotificationType.ANNOUNCEMENT]: {
    title: '{{title}}',
    body: '{{body}}',
    mail: { subject: '{{title}}', paragraphs: ['Hello {{recipientName}},', '{{body}}'], action: 'Read more' },
  },
};
