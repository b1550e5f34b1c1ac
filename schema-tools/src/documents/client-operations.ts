import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  getLocation,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type Source,
  validate,
  visit,
} from 'graphql';

/** One operation of a client with the fragments it needs. */
export interface ClientOperation {
  readonly name: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly document: DocumentNode;
}

export interface ClientOperations {
  readonly operations: readonly ClientOperation[];
  /** Fragments that no operation uses. */
  readonly unused: readonly string[];
  /** What is wrong, each with its file and line. */
  readonly problems: readonly string[];
}

/** Puts together the operations of a client, and finds what of them the graph would not run. */
export function collectOperations(schema: GraphQLSchema, sources: readonly Source[]): ClientOperations {
  const problems: string[] = [];
  const operations = new Map<string, OperationDefinitionNode>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  const add = <Node extends DefinitionNode>(known: Map<string, Node>, name: string, node: Node, kind: string): void => {
    const other = known.get(name);
    if (other) problems.push(`${placeOf(node)}: There is another ${kind} called ${name}, in ${placeOf(other)}`);
    else known.set(name, node);
  };
  for (const source of sources) {
    for (const definition of definitionsOf(source, problems)) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) add(fragments, definition.name.value, definition, 'fragment');
      else if (definition.kind !== Kind.OPERATION_DEFINITION) problems.push(`${placeOf(definition)}: is no operation`);
      else if (!definition.name) problems.push(`${placeOf(definition)}: An operation needs a name to be listed by`);
      else add(operations, definition.name.value, definition, 'operation');
    }
  }
  const used = new Set<string>();
  const collected = [...operations].map(([name, operation]): ClientOperation => {
    const needed = fragmentsOf(operation, fragments);
    for (const { name: fragment } of needed) used.add(fragment.value);
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...needed] };
    for (const error of validate(schema, document)) problems.push(`${placeOf(error.nodes?.[0])}: ${error.message}`);
    return { name, type: operation.operation, document };
  });
  const unused = [...fragments.keys()].filter((name) => !used.has(name)).sort();
  // A fragment that is wrong is wrong in each operation that uses it.
  return { operations: collected, unused, problems: [...new Set(problems)].sort() };
}

function definitionsOf(source: Source, problems: string[]): readonly DefinitionNode[] {
  // Empty, or comments only: nothing is wrong with that.
  if (source.body.replaceAll(/#.*/g, '').trim() === '') return [];
  try {
    return parse(source).definitions;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line } = getLocation(source, error.positions?.[0] ?? 0);
    problems.push(`${source.name}:${line + source.locationOffset.line - 1}: ${error.message}`);
    return [];
  }
}

/** By name, so that the document is the same wherever its parts stand. */
function fragmentsOf(
  operation: OperationDefinitionNode,
  known: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const needed = new Map<string, FragmentDefinitionNode>();
  const add = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = known.get(name.value);
        // One that is missing is found when the operation is validated.
        if (!fragment || needed.has(name.value)) return;
        needed.set(name.value, fragment);
        add(fragment);
      },
    });
  };
  add(operation);
  return [...needed.values()].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}

function placeOf(node: { readonly loc?: { readonly start: number; readonly source: Source } | undefined } | undefined) {
  if (!node?.loc) return 'somewhere';
  const { source, start } = node.loc;
  return `${source.name}:${getLocation(source, start).line + source.locationOffset.line - 1}`;
}
