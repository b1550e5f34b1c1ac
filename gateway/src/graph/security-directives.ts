import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type NameNode,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** Federation's directives by which a supergraph says who may see what, by the name of their specification. */
export type SecurityDirective = 'authenticated' | 'requiresScopes' | 'policy';

type SchemaNode = SchemaDefinitionNode | SchemaExtensionNode;

const SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)(?:\/|$)/;

/**
 * What each security directive is called in a supergraph. The names of the specification count whether they are linked or
 * not; a subgraph that imports a directive under another name, or not at all, gives the supergraph another one.
 */
export function securityNames(schema: readonly SchemaNode[]): ReadonlyMap<string, SecurityDirective> {
  const names = new Map<string, SecurityDirective>();
  for (const name of ['authenticated', 'requiresScopes', 'policy'] as const) names.set(name, name);
  for (const link of securityLinks(schema)) {
    names.set(link.as, link.specification);
    for (const { name, as } of link.imports)
      if (name === `@${link.specification}`) names.set(as.slice(1), link.specification);
  }
  return names;
}

/**
 * The supergraph without its security directives, for Apollo Gateway: it refuses to start on a graph that has them, so
 * that nobody takes them for enforced. Here they are enforced, in front of its plan. The same document when it has none.
 */
export function withoutSecurityDirectives(supergraph: DocumentNode): DocumentNode {
  const schema = supergraph.definitions.filter(
    (node) => node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION,
  );
  const names = securityNames(schema);
  const scalars = scalarsOf(schema);
  return visit(supergraph, {
    Directive: (node) => (names.has(node.name.value) || linkOf(node) ? null : undefined),
    DirectiveDefinition: ({ name }: { readonly name: NameNode }) => (names.has(name.value) ? null : undefined),
    ScalarTypeDefinition: ({ name }) => (scalars(name.value) ? null : undefined),
  });
}

interface SecurityLink {
  readonly specification: SecurityDirective;
  readonly as: string;
  readonly imports: readonly { readonly name: string; readonly as: string }[];
}

function securityLinks(schema: readonly SchemaNode[]): readonly SecurityLink[] {
  return schema
    .flatMap(({ directives = [] }) => directives)
    .map(linkOf)
    .filter((link) => link !== undefined);
}

function linkOf({ name, arguments: given = [] }: DirectiveNode): SecurityLink | undefined {
  if (name.value !== 'link') return undefined;
  const values = new Map(given.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]));
  const specification = SPECIFICATION.exec(String(values.get('url')))?.[1] as SecurityDirective | undefined;
  if (!specification) return undefined;
  const imports = [values.get('import') ?? []].flat().map((each) => importOf(each));
  return { specification, as: String(values.get('as') ?? specification), imports };
}

function importOf(imported: unknown): { readonly name: string; readonly as: string } {
  if (typeof imported === 'string') return { name: imported, as: imported };
  const { name, as = name } = imported as { readonly name: string; readonly as?: string };
  return { name, as };
}

/** Tells the scalars of the directives' arguments. */
function scalarsOf(schema: readonly SchemaNode[]): (name: string) => boolean {
  const links = securityLinks(schema);
  const imported = new Set(links.flatMap(({ imports }) => imports.map(({ as }) => as)));
  const prefixes = ['authenticated', 'requiresScopes', 'policy', ...links.map(({ as }) => as)].map((as) => `${as}__`);
  return (name) => imported.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
