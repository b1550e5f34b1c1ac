import { NotificationType } from '../../notification/notification-type.ts';
import type { CommerceVocabulary } from '../builtin-templates.ts';

const HELLO = 'Hello{{#if recipientName}} {{recipientName}}{{/if}},';
const ITEMS = '{{#each items}}– {{integer quantity}} × {{title}}\n{{/each}}';
const CARRIER = '{{#if carrier}}By {{carrier}}.{{/if}}{{#if trackingNumber}} Number: {{trackingNumber}}.{{/if}}';
const REASON = '{{#if reason}}Reason: {{reason}}{{/if}}';
const TRACK = { label: 'Track the parcel', url: 'trackingUrl' };

/** What is said about buying and selling. */
export const ENGLISH_COMMERCE: CommerceVocabulary = {
  [NotificationType.ORDER_PLACED]: {
    title: 'Order {{orderNumber}} is placed',
    body: 'Total: {{money total}}.',
    mail: {
      subject: 'Your order {{orderNumber}}',
      paragraphs: [HELLO, 'thank you for your order {{orderNumber}}:', ITEMS, 'Total: {{money total}}.'],
      action: 'Follow the order',
    },
  },
  [NotificationType.ORDER_CANCELLED]: {
    title: 'Order {{orderNumber}}: cancelled',
    body: `{{#if refund}}You get back {{money refund}}. {{/if}}${REASON}`,
    mail: {
      subject: 'Order {{orderNumber}}: cancelled',
      paragraphs: [
        HELLO,
        'of your order {{orderNumber}} this was cancelled:',
        ITEMS,
        `{{#if refund}}You get back {{money refund}}.\n{{/if}}${REASON}`,
      ],
      action: 'See the order',
    },
  },
  [NotificationType.ORDER_GIVEN_UP]: {
    title: 'Order {{orderNumber}} was not paid',
    body: 'Nothing was bought. {{reason}}',
    mail: {
      subject: 'Order {{orderNumber}} was not paid',
      paragraphs: [HELLO, 'your order {{orderNumber}} was not paid, and nothing was bought. {{reason}}'],
      action: 'See the order',
    },
  },
  [NotificationType.ORDER_REFUNDED]: {
    title: 'Refund: {{money amount}}',
    body: '{{#if orderNumber}}For order {{orderNumber}}.{{/if}}',
    mail: {
      subject: 'Refund of {{money amount}}{{#if orderNumber}} for order {{orderNumber}}{{/if}}',
      paragraphs: [
        HELLO,
        'we have sent {{money amount}} back to where you paid from{{#if orderNumber}}, for order {{orderNumber}}{{/if}}. Your bank may take some days to show it.',
      ],
      action: 'See the order',
    },
  },
  [NotificationType.PARCEL_SENT]: {
    title: '{{shopName}} has sent your order',
    body: `Order {{orderNumber}}. ${CARRIER}`,
    mail: {
      subject: 'Order {{orderNumber}}: a parcel is on its way',
      paragraphs: [HELLO, '{{shopName}} has sent this of your order {{orderNumber}}:', ITEMS, CARRIER],
      also: TRACK,
      action: 'Follow the order',
    },
  },
  [NotificationType.PARCEL_DELIVERED]: {
    title: 'Your parcel from {{shopName}} has arrived',
    body: 'Order {{orderNumber}}.',
    mail: {
      subject: 'Order {{orderNumber}}: a parcel has arrived',
      paragraphs: [HELLO, 'this of your order {{orderNumber}} from {{shopName}} has arrived:', ITEMS, CARRIER],
      also: TRACK,
      action: 'See the order',
    },
  },
  [NotificationType.RETURN_APPROVED]: {
    title: '{{shopName}} accepts your return',
    body: 'Order {{orderNumber}}. You can send it back now.',
    mail: {
      subject: 'Order {{orderNumber}}: your return is accepted',
      paragraphs: [HELLO, '{{shopName}} accepts your return. Please send back:', ITEMS],
      action: 'See the return',
    },
  },
  [NotificationType.RETURN_DECLINED]: {
    title: '{{shopName}} does not accept your return',
    body: `Order {{orderNumber}}. ${REASON}`,
    mail: {
      subject: 'Order {{orderNumber}}: your return is not accepted',
      paragraphs: [HELLO, '{{shopName}} does not accept your return of:', ITEMS, REASON],
      action: 'See the return',
    },
  },
  [NotificationType.RETURN_RECEIVED]: {
    title: '{{shopName}} has received your return',
    body: 'Order {{orderNumber}}.{{#if refund}} You get back {{money refund}}.{{/if}}',
    mail: {
      subject: 'Order {{orderNumber}}: your return has arrived',
      paragraphs: [
        HELLO,
        '{{shopName}} has received what you sent back:',
        ITEMS,
        '{{#if refund}}You get back {{money refund}}.{{/if}}',
      ],
      action: 'See the return',
    },
  },
  [NotificationType.SHOP_ORDER_PLACED]: {
    title: 'New order {{orderNumber}}',
    body: 'Total: {{money total}}.',
    mail: {
      subject: 'New order {{orderNumber}}',
      paragraphs: [HELLO, 'somebody bought:', ITEMS, 'Total: {{money total}}.'],
      action: 'Open the order',
    },
  },
  [NotificationType.SHOP_ORDER_CANCELLED]: {
    title: 'Order {{orderNumber}}: cancelled',
    body: REASON,
    mail: {
      subject: 'Order {{orderNumber}}: cancelled',
      paragraphs: [HELLO, 'of order {{orderNumber}} this was cancelled. Please do not send it:', ITEMS, REASON],
      action: 'Open the order',
    },
  },
  [NotificationType.RETURN_REQUESTED]: {
    title: 'Order {{orderNumber}}: a return is asked for',
    body: REASON,
    mail: {
      subject: 'Order {{orderNumber}}: a return is asked for',
      paragraphs: [HELLO, 'the buyer of order {{orderNumber}} wants to send back:', ITEMS, REASON],
      action: 'Answer the buyer',
    },
  },
  [NotificationType.SHOP_APPROVED]: {
    title: '{{shopName}} is open',
    body: 'The shop was approved and may sell.',
    mail: {
      subject: '{{shopName}} is open',
      paragraphs: [HELLO, 'your shop {{shopName}} was approved. It may sell from now on.'],
      action: 'Open the shop',
    },
  },
  [NotificationType.SHOP_REJECTED]: {
    title: '{{shopName}} was not approved',
    body: REASON,
    mail: {
      subject: '{{shopName}} was not approved',
      paragraphs: [HELLO, 'your shop {{shopName}} was not approved.', REASON, 'You can submit your papers again.'],
      action: 'Open the shop',
    },
  },
  [NotificationType.SHOP_SUSPENDED]: {
    title: '{{shopName}} is suspended',
    body: REASON,
    mail: {
      subject: '{{shopName}} is suspended',
      paragraphs: [HELLO, 'your shop {{shopName}} is suspended: nothing of it can be bought.', REASON],
      action: 'Open the shop',
    },
  },
  [NotificationType.SHOP_REINSTATED]: {
    title: '{{shopName}} is open again',
    body: 'It may sell again.',
    mail: {
      subject: '{{shopName}} is open again',
      paragraphs: [HELLO, 'your shop {{shopName}} may sell again.'],
      action: 'Open the shop',
    },
  },
  [NotificationType.REVIEW_ADDED]: {
    title: 'New review of {{productName}}',
    body: '{{integer rating}} of 5 stars.',
    mail: {
      subject: 'New review of {{productName}}',
      paragraphs: [HELLO, 'a buyer gave {{productName}} {{integer rating}} of 5 stars.'],
      action: 'Read the review',
    },
  },
};
