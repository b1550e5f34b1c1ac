import { describe, expect, test } from '@jest/globals';
import { Channel } from '../notification/channel.ts';
import { AMBIENT_VARIABLES, TYPE_RULES } from '../notification/type-catalogue.ts';
import { builtinTemplates } from './builtin-templates.ts';
import { renderTemplate } from './render-template.ts';
import { TemplateFormatter } from './template-formatter.ts';
import { VariableKind, type VariableSchema } from './variable.schema.ts';

const SAMPLES: Readonly<Record<VariableKind, unknown>> = {
  [VariableKind.TEXT]: '<b>sample</b>',
  [VariableKind.INTEGER]: 3,
  [VariableKind.DATE_TIME]: '2026-03-29T01:30:00Z',
  [VariableKind.MONEY]: { amount: 1999, currency: 'EUR' },
  [VariableKind.LIST]: [],
};

function sampleOf(schema: VariableSchema, all: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([, variable]) => all || variable.required)
      .map(([name, { kind, fields }]) => [name, fields ? [sampleOf(fields, all)] : SAMPLES[kind]]),
  );
}

describe('A built-in template', () => {
  test.each(
    builtinTemplates().map((template) => [`${template.type} ${template.channel} ${template.locale}`, template]),
  )('of %s can be filled in with everything, and with no more than what is required', (_, template) => {
    if (typeof template === 'string') throw new Error('not a template');
    const schema = { ...AMBIENT_VARIABLES, ...TYPE_RULES[template.type].variables };
    for (const all of [true, false]) {
      const { text, html } = renderTemplate(template, {
        schema,
        values: sampleOf(schema, all),
        formatter: new TemplateFormatter(template.locale, 'Europe/Zurich'),
      });
      expect(text).not.toMatch(/undefined|null|\[object|NaN/);
      expect(html !== undefined).toBe(template.channel === Channel.EMAIL);
      expect(html ?? '').not.toContain('<b>sample</b>');
    }
  });
});
