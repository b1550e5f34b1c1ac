import { Channel } from '../notification/channel.ts';
import { type CommerceType, NotificationType } from '../notification/notification-type.ts';
import { TYPE_RULES } from '../notification/type-catalogue.ts';
import { ENGLISH } from './builtin/english.ts';
import { GERMAN } from './builtin/german.ts';
import type { TemplateParts } from './render-template.ts';

/** What the product says about something, in one language, whatever the channel. */
export interface Words {
  /** Of the app's list and of push messages. */
  readonly title: string;
  readonly body: string;
  readonly mail: {
    readonly subject: string;
    readonly paragraphs: readonly string[];
    /** The label of a button that leads to `link`, shown when there is one. */
    readonly action?: string;
    /** Another one, above it, to a web address in a variable. Whoever supplies it sees to it that it is one. */
    readonly also?: { readonly label: string; readonly url: string };
  };
}

export type Vocabulary = Readonly<Record<NotificationType, Words>>;

/** The part about buying and selling. */
export type CommerceVocabulary = Pick<Vocabulary, CommerceType>;

const VOCABULARIES: Readonly<Record<string, Vocabulary>> = { en: ENGLISH, de: GERMAN };

export interface BuiltinTemplate extends TemplateParts {
  readonly type: NotificationType;
  readonly channel: Channel;
  readonly locale: string;
}

/** Every template the product brings along. */
export function builtinTemplates(): BuiltinTemplate[] {
  return Object.keys(VOCABULARIES).flatMap((locale) =>
    Object.values(NotificationType).flatMap((type) =>
      TYPE_RULES[type].channels.map((channel) => ({
        type,
        channel,
        locale,
        ...builtinTemplate(type, channel, locale)!,
      })),
    ),
  );
}

export function builtinTemplate(type: NotificationType, channel: Channel, locale: string): TemplateParts | undefined {
  const words = VOCABULARIES[locale]?.[type];
  if (!words) return undefined;
  return channel === Channel.EMAIL ? mailOf(words.mail) : { subject: words.title, text: words.body };
}

function mailOf({ subject, paragraphs, also, action }: Words['mail']): TemplateParts {
  const buttons = [...(also ? [also] : []), ...(action ? [{ label: action, url: 'link' }] : [])];
  const lines = buttons.map(({ label, url }) => `{{#if ${url}}}${label}: {{${url}}}{{/if}}`);
  const links = buttons.map(
    ({ label, url }) => `{{#if ${url}}}<p><a href="{{${url}}}" style="${BUTTON}">${label}</a></p>{{/if}}`,
  );
  const html = [...paragraphs.map((paragraph) => `<p style="white-space:pre-line">${paragraph}</p>`), ...links];
  return { subject, text: [...paragraphs, ...lines].join('\n\n'), html: html.join('\n') };
}

const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#1f4fd8;color:#ffffff;text-decoration:none';
