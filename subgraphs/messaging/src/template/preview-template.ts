import { badUserInput, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { layOutMail } from '../email/mail.layout.ts';
import { AMBIENT_VARIABLES, TYPE_RULES } from '../notification/type-catalogue.ts';
import { checkTemplate } from './check-template.ts';
import { DEFAULT_LOCALE } from './locale-chain.ts';
import { renderTemplate } from './render-template.ts';
import { TemplateFormatter } from './template-formatter.ts';
import { TemplateFault } from './template-source.ts';
import type { PreviewNotificationTemplateInput } from './template.inputs.ts';
import { mayReadTemplates } from './template.policy.ts';
import type { PreviewView } from './template.types.ts';
import { problemsOf } from './variable.schema.ts';

/** Fills words in that need not be saved, as they would be sent. Changes and sends nothing. */
export async function previewTemplate(
  work: MessagingWork,
  input: PreviewNotificationTemplateInput,
): Promise<PreviewView> {
  permit(work.session, mayReadTemplates(work.session));
  checkTemplate(input.type, input.channel, input);
  const { variables: schema } = TYPE_RULES[input.type];
  const problems = problemsOf(schema, input.variables ?? {}, 'input.variables');
  if (problems.length > 0) throw badUserInput(problems);
  const { app } = work.services.links;
  const locale = input.locale ?? DEFAULT_LOCALE;
  try {
    const { subject, text, html } = renderTemplate(input, {
      schema: { ...AMBIENT_VARIABLES, ...schema },
      values: { ...input.variables, recipientName: 'Ada Lovelace', link: app, appUrl: app },
      formatter: new TemplateFormatter(locale, 'UTC'),
    });
    return { subject, text, html: html ? layOutMail(html, { title: subject, locale }) : null };
  } catch (error) {
    if (error instanceof TemplateFault) throw badUserInput([{ path: 'input.subject', message: error.message }]);
    throw error;
  }
}
