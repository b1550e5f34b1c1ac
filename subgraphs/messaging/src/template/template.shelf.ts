import type { MessagingWork } from '../context.ts';
import { Channel } from '../notification/channel.ts';
import type { NotificationType } from '../notification/notification-type.ts';
import { AMBIENT_VARIABLES, TYPE_RULES } from '../notification/type-catalogue.ts';
import { builtinTemplate } from './builtin-templates.ts';
import { localeChain } from './locale-chain.ts';
import { NotificationTemplate } from './notification-template.entity.ts';
import { type RenderedMessage, renderTemplate, type TemplateParts } from './render-template.ts';
import { TemplateFormatter } from './template-formatter.ts';
import { TemplateFault } from './template-source.ts';
import type { VariableValues } from './variable.schema.ts';

export interface Reader {
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** All words there are for one type: of an organization, of the platform, and as they are built in. */
export class TemplateShelf {
  readonly #work: MessagingWork;
  readonly #type: NotificationType;
  readonly #templates: readonly NotificationTemplate[];

  private constructor(work: MessagingWork, type: NotificationType, templates: readonly NotificationTemplate[]) {
    this.#work = work;
    this.#type = type;
    this.#templates = templates;
  }

  static async open(
    work: MessagingWork,
    { type, organizationId }: { type: NotificationType; organizationId?: string | null | undefined },
    locales: readonly string[],
  ): Promise<TemplateShelf> {
    const wanted = [...new Set(locales.flatMap(localeChain))];
    const owners = [{ organizationId: null }, ...(organizationId ? [{ organizationId }] : [])];
    const templates = await work.em.find(NotificationTemplate, { type, locale: { $in: wanted }, $or: owners });
    return new TemplateShelf(work, type, templates);
  }

  /** @param link as the reader is to follow it */
  render(channel: Channel, reader: Reader, variables: VariableValues, link: string | undefined): RenderedMessage {
    const rendering = {
      schema: { ...AMBIENT_VARIABLES, ...TYPE_RULES[this.#type].variables },
      values: { ...variables, recipientName: reader.name, link, appUrl: this.#work.services.links.app },
      formatter: new TemplateFormatter(reader.locale, reader.timeZone),
    };
    const chosen = this.#choose(channel, reader.locale);
    if (chosen) {
      try {
        return renderTemplate(chosen, rendering);
      } catch (error) {
        if (!(error instanceof TemplateFault)) throw error;
        // Somebody's words that no longer fit must not keep a password reset from its owner.
        this.#work.log.error({ err: error, templateId: chosen.id }, 'a template cannot be used');
      }
    }
    return renderTemplate(this.#builtin(channel, reader.locale), rendering);
  }

  /** The reader's language goes before the organization's own words: it is better to be understood. */
  #choose(channel: Channel, locale: string): NotificationTemplate | undefined {
    for (const candidate of localeChain(locale)) {
      const inLocale = this.#templates.filter((row) => row.channel === channel && row.locale === candidate);
      const found = inLocale.find((row) => row.organizationId) ?? inLocale[0];
      if (found) return found;
    }
    return undefined;
  }

  #builtin(channel: Channel, locale: string): TemplateParts {
    for (const candidate of localeChain(locale)) {
      const found = builtinTemplate(this.#type, channel, candidate);
      if (found) return found;
    }
    throw new Error(`There is no built-in template for ${this.#type} on ${channel}.`);
  }
}
