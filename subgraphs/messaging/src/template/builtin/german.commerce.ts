import { NotificationType } from '../../notification/notification-type.ts';
import type { CommerceVocabulary } from '../builtin-templates.ts';

const HELLO = 'Guten Tag{{#if recipientName}} {{recipientName}}{{/if}},';
const ITEMS = '{{#each items}}– {{integer quantity}} × {{title}}\n{{/each}}';
const CARRIER = '{{#if carrier}}Mit {{carrier}}.{{/if}}{{#if trackingNumber}} Nummer: {{trackingNumber}}.{{/if}}';
const REASON = '{{#if reason}}Grund: {{reason}}{{/if}}';
const TRACK = { label: 'Paket verfolgen', url: 'trackingUrl' };

/** What is said about buying and selling. */
export const GERMAN_COMMERCE: CommerceVocabulary = {
  [NotificationType.ORDER_PLACED]: {
    title: 'Bestellung {{orderNumber}} ist aufgegeben',
    body: 'Summe: {{money total}}.',
    mail: {
      subject: 'Ihre Bestellung {{orderNumber}}',
      paragraphs: [HELLO, 'vielen Dank für Ihre Bestellung {{orderNumber}}:', ITEMS, 'Summe: {{money total}}.'],
      action: 'Bestellung verfolgen',
    },
  },
  [NotificationType.ORDER_CANCELLED]: {
    title: 'Bestellung {{orderNumber}}: storniert',
    body: `{{#if refund}}Sie erhalten {{money refund}} zurück. {{/if}}${REASON}`,
    mail: {
      subject: 'Bestellung {{orderNumber}}: storniert',
      paragraphs: [
        HELLO,
        'von Ihrer Bestellung {{orderNumber}} wurde storniert:',
        ITEMS,
        `{{#if refund}}Sie erhalten {{money refund}} zurück.\n{{/if}}${REASON}`,
      ],
      action: 'Bestellung ansehen',
    },
  },
  [NotificationType.ORDER_GIVEN_UP]: {
    title: 'Bestellung {{orderNumber}} wurde nicht bezahlt',
    body: 'Es wurde nichts gekauft. {{reason}}',
    mail: {
      subject: 'Bestellung {{orderNumber}} wurde nicht bezahlt',
      paragraphs: [
        HELLO,
        'Ihre Bestellung {{orderNumber}} wurde nicht bezahlt, und es wurde nichts gekauft. {{reason}}',
      ],
      action: 'Bestellung ansehen',
    },
  },
  [NotificationType.ORDER_REFUNDED]: {
    title: 'Erstattung: {{money amount}}',
    body: '{{#if orderNumber}}Für Bestellung {{orderNumber}}.{{/if}}',
    mail: {
      subject: 'Erstattung von {{money amount}}{{#if orderNumber}} für Bestellung {{orderNumber}}{{/if}}',
      paragraphs: [
        HELLO,
        'wir haben Ihnen {{money amount}} dorthin zurückgezahlt, von wo Sie bezahlt haben{{#if orderNumber}}, für Bestellung {{orderNumber}}{{/if}}. Bis Ihre Bank es anzeigt, können einige Tage vergehen.',
      ],
      action: 'Bestellung ansehen',
    },
  },
  [NotificationType.PARCEL_SENT]: {
    title: '{{shopName}} hat Ihre Bestellung versandt',
    body: `Bestellung {{orderNumber}}. ${CARRIER}`,
    mail: {
      subject: 'Bestellung {{orderNumber}}: ein Paket ist unterwegs',
      paragraphs: [HELLO, '{{shopName}} hat von Ihrer Bestellung {{orderNumber}} versandt:', ITEMS, CARRIER],
      also: TRACK,
      action: 'Bestellung verfolgen',
    },
  },
  [NotificationType.PARCEL_DELIVERED]: {
    title: 'Ihr Paket von {{shopName}} ist angekommen',
    body: 'Bestellung {{orderNumber}}.',
    mail: {
      subject: 'Bestellung {{orderNumber}}: ein Paket ist angekommen',
      paragraphs: [HELLO, 'von Ihrer Bestellung {{orderNumber}} bei {{shopName}} ist angekommen:', ITEMS, CARRIER],
      also: TRACK,
      action: 'Bestellung ansehen',
    },
  },
  [NotificationType.RETURN_APPROVED]: {
    title: '{{shopName}} nimmt Ihre Rücksendung an',
    body: 'Bestellung {{orderNumber}}. Sie können sie jetzt zurücksenden.',
    mail: {
      subject: 'Bestellung {{orderNumber}}: Ihre Rücksendung wird angenommen',
      paragraphs: [HELLO, '{{shopName}} nimmt Ihre Rücksendung an. Bitte senden Sie zurück:', ITEMS],
      action: 'Rücksendung ansehen',
    },
  },
  [NotificationType.RETURN_DECLINED]: {
    title: '{{shopName}} nimmt Ihre Rücksendung nicht an',
    body: `Bestellung {{orderNumber}}. ${REASON}`,
    mail: {
      subject: 'Bestellung {{orderNumber}}: Ihre Rücksendung wird nicht angenommen',
      paragraphs: [HELLO, '{{shopName}} nimmt Ihre Rücksendung nicht an:', ITEMS, REASON],
      action: 'Rücksendung ansehen',
    },
  },
  [NotificationType.RETURN_RECEIVED]: {
    title: '{{shopName}} hat Ihre Rücksendung erhalten',
    body: 'Bestellung {{orderNumber}}.{{#if refund}} Sie erhalten {{money refund}} zurück.{{/if}}',
    mail: {
      subject: 'Bestellung {{orderNumber}}: Ihre Rücksendung ist angekommen',
      paragraphs: [
        HELLO,
        '{{shopName}} hat erhalten, was Sie zurückgesandt haben:',
        ITEMS,
        '{{#if refund}}Sie erhalten {{money refund}} zurück.{{/if}}',
      ],
      action: 'Rücksendung ansehen',
    },
  },
  [NotificationType.SHOP_ORDER_PLACED]: {
    title: 'Neue Bestellung {{orderNumber}}',
    body: 'Summe: {{money total}}.',
    mail: {
      subject: 'Neue Bestellung {{orderNumber}}',
      paragraphs: [HELLO, 'es wurde gekauft:', ITEMS, 'Summe: {{money total}}.'],
      action: 'Bestellung öffnen',
    },
  },
  [NotificationType.SHOP_ORDER_CANCELLED]: {
    title: 'Bestellung {{orderNumber}}: storniert',
    body: REASON,
    mail: {
      subject: 'Bestellung {{orderNumber}}: storniert',
      paragraphs: [HELLO, 'von Bestellung {{orderNumber}} wurde storniert. Bitte nicht versenden:', ITEMS, REASON],
      action: 'Bestellung öffnen',
    },
  },
  [NotificationType.RETURN_REQUESTED]: {
    title: 'Bestellung {{orderNumber}}: eine Rücksendung ist angefragt',
    body: REASON,
    mail: {
      subject: 'Bestellung {{orderNumber}}: eine Rücksendung ist angefragt',
      paragraphs: [HELLO, 'aus Bestellung {{orderNumber}} soll zurückgesandt werden:', ITEMS, REASON],
      action: 'Anfrage beantworten',
    },
  },
  [NotificationType.SHOP_APPROVED]: {
    title: '{{shopName}} ist geöffnet',
    body: 'Der Shop wurde zugelassen und darf verkaufen.',
    mail: {
      subject: '{{shopName}} ist geöffnet',
      paragraphs: [HELLO, 'Ihr Shop {{shopName}} wurde zugelassen. Er darf ab jetzt verkaufen.'],
      action: 'Shop öffnen',
    },
  },
  [NotificationType.SHOP_REJECTED]: {
    title: '{{shopName}} wurde nicht zugelassen',
    body: REASON,
    mail: {
      subject: '{{shopName}} wurde nicht zugelassen',
      paragraphs: [
        HELLO,
        'Ihr Shop {{shopName}} wurde nicht zugelassen.',
        REASON,
        'Sie können Ihre Unterlagen erneut einreichen.',
      ],
      action: 'Shop öffnen',
    },
  },
  [NotificationType.SHOP_SUSPENDED]: {
    title: '{{shopName}} ist gesperrt',
    body: REASON,
    mail: {
      subject: '{{shopName}} ist gesperrt',
      paragraphs: [HELLO, 'Ihr Shop {{shopName}} ist gesperrt: Aus ihm kann nichts gekauft werden.', REASON],
      action: 'Shop öffnen',
    },
  },
  [NotificationType.SHOP_REINSTATED]: {
    title: '{{shopName}} ist wieder geöffnet',
    body: 'Er darf wieder verkaufen.',
    mail: {
      subject: '{{shopName}} ist wieder geöffnet',
      paragraphs: [HELLO, 'Ihr Shop {{shopName}} darf wieder verkaufen.'],
      action: 'Shop öffnen',
    },
  },
  [NotificationType.REVIEW_ADDED]: {
    title: 'Neue Bewertung von {{productName}}',
    body: '{{integer rating}} von 5 Sternen.',
    mail: {
      subject: 'Neue Bewertung von {{productName}}',
      paragraphs: [HELLO, 'jemand hat {{productName}} mit {{integer rating}} von 5 Sternen bewertet.'],
      action: 'Bewertung lesen',
    },
  },
};
