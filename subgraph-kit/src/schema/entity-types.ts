import { type DocumentNode, Kind, type ValueNode } from 'graphql';

/** The object types that other subgraphs may refer to: those with at least one `@key` that is not `resolvable: false`. */
export function entityTypes(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const keys = node.directives?.filter((directive) => directive.name.value === 'key') ?? [];
    if (keys.some((key) => !key.arguments?.some((argument) => isFalse(argument.name.value, argument.value)))) {
      names.add(node.name.value);
    }
  }
  return names;
}

function isFalse(name: string, value: ValueNode): boolean {
  return name === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value;
}
