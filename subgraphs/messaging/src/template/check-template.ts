import { badUserInput, type FieldProblem } from '@supergraph/subgraph-kit';
import { Channel } from '../notification/channel.ts';
import type { NotificationType } from '../notification/notification-type.ts';
import { AMBIENT_VARIABLES, TYPE_RULES } from '../notification/type-catalogue.ts';
import type { TemplateParts } from './render-template.ts';
import { checkTemplateSource, TemplateFault } from './template-source.ts';

/** Refuses words that could not be used. @throws `BAD_USER_INPUT` naming each part that is wrong */
export function checkTemplate(type: NotificationType, channel: Channel, parts: TemplateParts): void {
  const schema = { ...AMBIENT_VARIABLES, ...TYPE_RULES[type].variables };
  const problems: FieldProblem[] = [];
  if (!TYPE_RULES[type].channels.includes(channel)) {
    problems.push({ path: 'input.channel', message: `${type} does not come by ${channel}.` });
  }
  if ((channel === Channel.EMAIL) !== Boolean(parts.html)) {
    problems.push({ path: 'input.html', message: 'Mail has an HTML part; nothing else has.' });
  }
  for (const part of ['subject', 'text', 'html'] as const) {
    try {
      checkTemplateSource(parts[part] ?? '', schema);
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      problems.push({ path: `input.${part}`, message: error.message });
    }
  }
  if (problems.length > 0) throw badUserInput(problems);
}
