import { NotificationType } from '../../notification/notification-type.ts';
import type { Vocabulary } from '../builtin-templates.ts';
import { GERMAN_COMMERCE } from './german.commerce.ts';

export const GERMAN: Vocabulary = {
  ...GERMAN_COMMERCE,
  [NotificationType.WELCOME]: {
    title: 'Willkommen, {{recipientName}}',
    body: 'Ihr Konto ist bereit. Sehen Sie sich um.',
    mail: {
      subject: 'Willkommen, {{recipientName}}',
      paragraphs: ['Guten Tag {{recipientName}},', 'Ihr Konto ist bereit. Sehen Sie sich um.'],
      action: 'App öffnen',
    },
  },
  [NotificationType.EMAIL_VERIFICATION]: {
    title: 'E-Mail-Adresse bestätigen',
    body: 'Wir haben Ihnen eine E-Mail mit einem Link geschickt.',
    mail: {
      subject: 'E-Mail-Adresse bestätigen',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'bitte bestätigen Sie, dass dies Ihre E-Mail-Adresse ist. Der Link gilt bis {{dateTime expiresAt}}.',
        'Haben Sie das nicht angefordert, brauchen Sie nichts zu tun.',
      ],
      action: 'Adresse bestätigen',
    },
  },
  [NotificationType.REGISTRATION_REPEATED]: {
    title: 'Sie haben bereits ein Konto',
    body: 'Jemand wollte sich mit Ihrer E-Mail-Adresse registrieren.',
    mail: {
      subject: 'Sie haben bereits ein Konto',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'jemand wollte sich mit Ihrer E-Mail-Adresse registrieren. Sie haben bereits ein Konto: Melden Sie sich an, oder setzen Sie ein neues Passwort.',
        'Waren Sie es nicht, brauchen Sie nichts zu tun. Niemand hat Zugang erhalten.',
      ],
      action: 'Anmelden',
    },
  },
  [NotificationType.PASSWORD_RESET]: {
    title: 'Neues Passwort setzen',
    body: 'Wir haben Ihnen eine E-Mail mit einem Link geschickt.',
    mail: {
      subject: 'Neues Passwort setzen',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'jemand möchte für Ihr Konto ein neues Passwort setzen. Der Link gilt einmal, bis {{dateTime expiresAt}}.',
        'Waren Sie es nicht, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
      ],
      action: 'Neues Passwort setzen',
    },
  },
  [NotificationType.PASSWORD_CHANGED]: {
    title: 'Ihr Passwort wurde geändert',
    body: 'Am {{dateTime changedAt}}. Waren Sie es nicht, setzen Sie sofort ein neues.',
    mail: {
      subject: 'Ihr Passwort wurde geändert',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'Ihr Passwort wurde am {{dateTime changedAt}} geändert.',
        'Waren Sie es nicht, setzen Sie sofort ein neues.',
      ],
      action: 'Konto prüfen',
    },
  },
  [NotificationType.NEW_SIGN_IN]: {
    title: 'Neue Anmeldung: {{device}}',
    body: 'Am {{dateTime startedAt}}{{#if address}} von {{address}}{{/if}}. Waren Sie es nicht, ändern Sie Ihr Passwort.',
    mail: {
      subject: 'Neue Anmeldung bei Ihrem Konto',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'jemand hat sich am {{dateTime startedAt}} mit {{device}}{{#if address}} von {{address}}{{/if}} bei Ihrem Konto angemeldet.',
        'Waren Sie es, brauchen Sie nichts zu tun. Sonst ändern Sie Ihr Passwort und melden Sie sich überall ab.',
      ],
      action: 'Anmeldungen ansehen',
    },
  },
  [NotificationType.INVITATION]: {
    title: 'Einladung zu {{organizationName}}',
    body: '{{inviterName}} lädt Sie als {{role}} ein. Sehen Sie in Ihre E-Mail.',
    mail: {
      subject: '{{inviterName}} lädt Sie zu {{organizationName}} ein',
      paragraphs: [
        'Guten Tag,',
        '{{inviterName}} lädt Sie als {{role}} zu {{organizationName}} ein. Der Link gilt bis {{dateTime expiresAt}}.',
      ],
      action: 'Einladung ansehen',
    },
  },
  [NotificationType.ACTIVITY_REMINDER]: {
    title: 'Erinnerung: {{subject}}',
    body: '{{#if kind}}{{kind}}, fällig{{else}}Fällig{{/if}} am {{dateTime dueAt}}.',
    mail: {
      subject: 'Erinnerung: {{subject}}',
      paragraphs: ['Guten Tag {{recipientName}},', '{{subject}} ist am {{dateTime dueAt}} fällig.'],
      action: 'Aktivität öffnen',
    },
  },
  [NotificationType.DEAL_STAGE_CHANGE]: {
    title: '{{dealName}} ist jetzt in {{toStage}}',
    body: 'Vorher: {{fromStage}}.{{#if changedBy}} Geändert von {{changedBy}}.{{/if}}{{#if value}} Wert: {{money value}}.{{/if}}',
    mail: {
      subject: '{{dealName}} ist jetzt in {{toStage}}',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        '{{dealName}} ging von {{fromStage}} nach {{toStage}}{{#if changedBy}}, geändert von {{changedBy}}{{/if}}.{{#if value}} Wert: {{money value}}.{{/if}}',
      ],
      action: 'Geschäft öffnen',
    },
  },
  [NotificationType.WEEKLY_SUMMARY]: {
    title: '{{integer unreadCount}} ungelesen',
    body: 'Seit {{dateTime since}}.',
    mail: {
      subject: '{{integer unreadCount}} ungelesen seit {{dateTime since}}',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'das haben Sie seit {{dateTime since}} nicht gelesen:',
        '{{#each items}}– {{title}}, {{dateTime createdAt}}\n{{/each}}',
      ],
      action: 'Alles lesen',
    },
  },
  [NotificationType.NEW_LEAD]: {
    title: 'Neuer Lead: {{leadName}}',
    body: '{{#if company}}{{company}}. {{/if}}{{#if source}}Gekommen über {{source}}.{{/if}}',
    mail: {
      subject: 'Neuer Lead: {{leadName}}',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        '{{leadName}}{{#if company}} von {{company}}{{/if}} ist ein neuer Lead{{#if source}}, gekommen über {{source}}{{/if}}.',
      ],
      action: 'Lead öffnen',
    },
  },
  [NotificationType.ORDER_UPDATE]: {
    title: 'Bestellung {{orderNumber}}: {{status}}',
    body: '{{#if total}}Summe: {{money total}}.{{/if}}',
    mail: {
      subject: 'Bestellung {{orderNumber}}: {{status}}',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'Ihre Bestellung {{orderNumber}} ist jetzt: {{status}}.{{#if total}} Summe: {{money total}}.{{/if}}',
      ],
      action: 'Bestellung verfolgen',
    },
  },
  [NotificationType.LOW_STOCK]: {
    title: 'Wenig Bestand: {{productName}}',
    body: 'Noch {{integer remaining}}{{#if sku}} von {{sku}}{{/if}}.',
    mail: {
      subject: 'Wenig Bestand: {{productName}}',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'von {{productName}}{{#if sku}} ({{sku}}){{/if}} sind nur noch {{integer remaining}} da.',
      ],
      action: 'Produkt öffnen',
    },
  },
  [NotificationType.OFFER_RECEIVED]: {
    title: 'Angebot von {{from}}: {{money amount}}',
    body: '{{#if expiresAt}}Gültig bis {{dateTime expiresAt}}.{{/if}}',
    mail: {
      subject: 'Angebot von {{from}}: {{money amount}}',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        '{{from}} bietet {{money amount}}.{{#if expiresAt}} Das Angebot gilt bis {{dateTime expiresAt}}.{{/if}}',
      ],
      action: 'Angebot beantworten',
    },
  },
  [NotificationType.LISTING_REVIEWED]: {
    title: '{{listingTitle}}: {{outcome}}',
    body: '{{#if reason}}{{reason}}{{/if}}',
    mail: {
      subject: 'Ihr Eintrag {{listingTitle}}: {{outcome}}',
      paragraphs: [
        'Guten Tag {{recipientName}},',
        'Ihr Eintrag {{listingTitle}} wurde geprüft: {{outcome}}.{{#if reason}} {{reason}}{{/if}}',
      ],
      action: 'Eintrag öffnen',
    },
  },
  [NotificationType.ANNOUNCEMENT]: {
    title: '{{title}}',
    body: '{{body}}',
    mail: { subject: '{{title}}', paragraphs: ['Guten Tag {{recipientName}},', '{{body}}'], action: 'Mehr lesen' },
  },
};
