import { compiledTemplate } from './compiled-templates.ts';
import { checkTemplate, TemplateFault } from './template-source.ts';
import type { TemplateFormatter } from './template-formatter.ts';
import type { VariableSchema, VariableValues } from './variable.schema.ts';

/** What a message is written from. */
export interface TemplateParts {
  readonly subject: string;
  readonly text: string;
  readonly html?: string | null;
}

export interface RenderedMessage {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** Absent for channels that have none. */
  readonly html?: string;
}

export interface Rendering {
  readonly schema: VariableSchema;
  readonly values: VariableValues;
  readonly formatter: TemplateFormatter;
}

/**
 * Fills a template in. Values are escaped in HTML, and stand as they are in plain text.
 *
 * @throws TemplateFault when it shows what is not declared
 */
export function renderTemplate(parts: TemplateParts, rendering: Rendering): RenderedMessage {
  const subject = fillIn(parts.subject, rendering, false).replaceAll(/\s+/g, ' ').trim();
  // A subject that a client sees as empty cannot be told from a fault.
  if (subject === '') throw new TemplateFault('The subject is empty.');
  const text = fillIn(parts.text, rendering, false).trim();
  return { subject, text, ...(parts.html && { html: fillIn(parts.html, rendering, true) }) };
}

function fillIn(source: string, { schema, values, formatter }: Rendering, html: boolean): string {
  const { program, fill } = compiledTemplate(source, html);
  // Again at each use: what is in the database may have been written by another version of the rules.
  checkTemplate(program, schema);
  return fill(complete(schema, values), {
    allowProtoPropertiesByDefault: false,
    allowProtoMethodsByDefault: false,
    helpers: {
      dateTime: (value: string | null) => (value ? formatter.dateTime(value) : ''),
      money: (value: { amount: number; currency: string } | null) => (value ? formatter.money(value) : ''),
      integer: (value: number | null) => (value === null ? '' : formatter.integer(value)),
    },
  });
}

/** Names what is optional and absent, which strict templates would otherwise refuse; leaves out what is not declared. */
function complete(schema: VariableSchema, values: VariableValues): VariableValues {
  return Object.fromEntries(
    Object.entries(schema).map(([name, { fields }]) => {
      const value = values[name] ?? null;
      if (!fields || !Array.isArray(value)) return [name, value];
      return [name, value.map((item: VariableValues) => complete(fields, item))];
    }),
  );
}
