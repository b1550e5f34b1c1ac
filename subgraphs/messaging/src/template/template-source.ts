import Handlebars from 'handlebars';
import { type VariableSchema, type Variable, VariableKind } from './variable.schema.ts';

/** A template that must not be used: what is wrong, in words for whoever wrote it. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
}

/** The only helpers there are. */
const BLOCKS: ReadonlySet<string> = new Set(['if', 'unless', 'each']);
const FORMATS: Readonly<Record<string, VariableKind>> = {
  dateTime: VariableKind.DATE_TIME,
  money: VariableKind.MONEY,
  integer: VariableKind.INTEGER,
};

type Node = hbs.AST.Node;

/**
 * Checks a template's source before it is kept: it parses, shows declared variables only, uses known helpers only, and
 * never leaves the escaping.
 *
 * A syntax tree is checked rather than a rendering, because what hides in a branch that a sample does not reach counts too.
 *
 * @throws TemplateFault
 */
export function checkTemplateSource(source: string, schema: VariableSchema): void {
  checkTemplate(parseTemplate(source), schema);
}

/** @throws TemplateFault when it does not parse */
export function parseTemplate(source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source);
  } catch (error) {
    throw new TemplateFault(`The template does not parse: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** {@link checkTemplateSource} for what is parsed already. */
export function checkTemplate(program: hbs.AST.Program, schema: VariableSchema): void {
  checkAll(program.body, schema);
}

function checkAll(nodes: readonly Node[], schema: VariableSchema): void {
  for (const node of nodes) check(node, schema);
}

function check(node: Node, schema: VariableSchema): void {
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      return checkShown(node as hbs.AST.MustacheStatement, schema);
    case 'BlockStatement':
      return checkBlock(node as hbs.AST.BlockStatement, schema);
    default:
      throw new TemplateFault('Partials and decorators are not available.');
  }
}

function checkShown(node: hbs.AST.MustacheStatement, schema: VariableSchema): void {
  if (!node.escaped) throw new TemplateFault('Triple braces and {{&…}} are not allowed: everything is escaped.');
  if (node.hash) throw new TemplateFault('Named arguments are not available.');
  if (node.params.length === 0) {
    const { kind } = variableAt(node.path, schema);
    const format = Object.keys(FORMATS).find((name) => FORMATS[name] === kind);
    const name = (node.path as hbs.AST.PathExpression).original;
    if (format) throw new TemplateFault(`Show ${name} as {{${format} ${name}}}.`);
    if (kind === VariableKind.LIST) throw new TemplateFault(`Show ${name} with {{#each ${name}}}.`);
    return;
  }
  const helper = (node.path as hbs.AST.PathExpression).original;
  const expected = Object.hasOwn(FORMATS, helper) ? FORMATS[helper] : undefined;
  if (!expected) throw new TemplateFault(`There is no helper ${helper}.`);
  if (node.params.length > 1) throw new TemplateFault(`${helper} takes one argument.`);
  const { kind } = variableAt(node.params[0]!, schema);
  if (kind !== expected) throw new TemplateFault(`${helper} is for another kind of variable.`);
}

function checkBlock(node: hbs.AST.BlockStatement, schema: VariableSchema): void {
  const helper = node.path.original;
  if (!BLOCKS.has(helper as string)) throw new TemplateFault(`There is no block ${helper}.`);
  if (node.params.length !== 1 || node.hash) throw new TemplateFault(`#${helper} takes one argument.`);
  if (node.program?.blockParams?.length) throw new TemplateFault('Block parameters are not available.');
  const { kind, fields } = variableAt(node.params[0]!, schema);
  if (helper === 'each') {
    if (kind !== VariableKind.LIST) throw new TemplateFault('#each is for lists.');
    // Within the block only the element's own fields have names.
    checkAll(node.program.body, fields ?? {});
  } else {
    checkAll(node.program.body, schema);
  }
  if (node.inverse) checkAll(node.inverse.body, schema);
}

function variableAt(expression: Node, schema: VariableSchema): Variable {
  const path = expression as hbs.AST.PathExpression;
  if (expression.type !== 'PathExpression' || path.data || path.depth > 0 || path.parts.length !== 1) {
    throw new TemplateFault('Only variables can be shown, by their plain names.');
  }
  const name = String(path.parts[0]);
  if (!Object.hasOwn(schema, name)) throw new TemplateFault(`${name} is not a variable of this type.`);
  return schema[name]!;
}
