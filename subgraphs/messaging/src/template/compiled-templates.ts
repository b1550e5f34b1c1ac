import Handlebars from 'handlebars';
import { parseTemplate } from './template-source.ts';
import type { VariableValues } from './variable.schema.ts';

export interface CompiledTemplate {
  /** For checking it against the variables of the type it is used for; compiling alone makes nothing safe. */
  readonly program: hbs.AST.Program;
  readonly fill: HandlebarsTemplateDelegate<VariableValues>;
}

/** More than the built-in ones in all their languages; a template that is in use stays. */
const CAPACITY = 500;

/** The ones used last come last. */
const kept = new Map<string, CompiledTemplate>();

/**
 * Compiles a template, or finds it as it was compiled before: a broadcast fills the same one in for each recipient.
 *
 * @param html whether values are escaped
 * @throws TemplateFault when it does not parse
 */
export function compiledTemplate(source: string, html: boolean): CompiledTemplate {
  const key = `${html ? 'html' : 'text'}:${source}`;
  const compiled = kept.get(key) ?? compile(source, html);
  kept.delete(key);
  kept.set(key, compiled);
  if (kept.size > CAPACITY) kept.delete(kept.keys().next().value!);
  return compiled;
}

function compile(source: string, html: boolean): CompiledTemplate {
  const program = parseTemplate(source);
  // An environment of its own, so that no other code's helpers reach our templates.
  const fill = Handlebars.create().compile<VariableValues>(source, {
    strict: true,
    noEscape: !html,
    knownHelpersOnly: true,
    knownHelpers: { dateTime: true, money: true, integer: true },
  });
  return { program, fill };
}
