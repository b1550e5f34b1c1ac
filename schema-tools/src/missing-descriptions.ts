import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

/** Federation's own definitions, which `@link` brings into an SDL: their words are Apollo's. */
const FEDERATION_NAME = /^_|^@?(federation|link)__/;
const FEDERATION_SPEC = 'https://specs.apollo.dev/';

/** The schema coordinates of everything in a subgraph's SDL that has no description, in the order of the SDL. */
export function missingDescriptions(sdl: string): string[] {
  const document = parse(sdl);
  const imported = importedNames(document);
  const isFederation = (name: string) => FEDERATION_NAME.test(name) || imported.has(name);
  return document.definitions.flatMap((node) => {
    if (isTypeDefinitionNode(node) || isTypeExtensionNode(node)) {
      return isFederation(node.name.value) ? [] : undescribedInType(node);
    }
    if (node.kind !== Kind.DIRECTIVE_DEFINITION || isFederation(`@${node.name.value}`)) return [];
    return undescribedOf(`@${node.name.value}`, node, node.arguments);
  });
}

function undescribedInType(node: TypeDefinitionNode | TypeExtensionNode): string[] {
  const type = node.name.value;
  const itself = isTypeDefinitionNode(node) && !isDescribed(node) ? [type] : [];
  if ('values' in node) return [...itself, ...undescribed(`${type}.`, node.values ?? [])];
  if (!('fields' in node)) return itself;
  const fields: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] = node.fields ?? [];
  return [
    ...itself,
    ...fields
      .filter((field) => !FEDERATION_NAME.test(field.name.value))
      .flatMap((field) =>
        undescribedOf(`${type}.${field.name.value}`, field, 'arguments' in field ? field.arguments : undefined),
      ),
  ];
}

function undescribedOf(coordinate: string, node: Described, args: readonly InputValueDefinitionNode[] = []): string[] {
  const missing = args.filter((arg) => !isDescribed(arg)).map((arg) => `${coordinate}(${arg.name.value}:)`);
  return isDescribed(node) ? missing : [coordinate, ...missing];
}

function undescribed(prefix: string, nodes: readonly (Described & { name: { value: string } })[]): string[] {
  return nodes.filter((node) => !isDescribed(node)).map((node) => `${prefix}${node.name.value}`);
}

interface Described {
  readonly description?: { readonly value: string } | undefined;
}

function isDescribed(node: Described): boolean {
  return Boolean(node.description?.value.trim());
}

/** What the schema's `@link`s to Apollo's specifications import: `@key`, `FieldSet`, … */
function importedNames(document: DocumentNode): ReadonlySet<string> {
  const links = document.definitions
    .filter((node) => node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
    .flatMap((node) => node.directives ?? [])
    .filter((directive) => directive.name.value === 'link' && specOf(directive).startsWith(FEDERATION_SPEC));
  const names = links.flatMap((link) => {
    const list = argument(link, 'import');
    if (list?.kind !== Kind.LIST) return [];
    return list.values.map((value) => (value.kind === Kind.STRING ? value.value : ''));
  });
  return new Set(['@link', ...names]);
}

function specOf(link: ConstDirectiveNode): string {
  const url = argument(link, 'url');
  return url?.kind === Kind.STRING ? url.value : '';
}

function argument(directive: ConstDirectiveNode, name: string) {
  return directive.arguments?.find((arg) => arg.name.value === name)?.value;
}
