import { type FieldNode, Kind, type OperationDefinitionNode, type ValueNode, valueFromASTUntyped } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** The value at `path` in the arguments of a field, from literals and variables; `undefined` when there is none. */
export function argumentValue(
  field: FieldNode,
  path: readonly string[],
  operation: OperationDefinitionNode,
  variables: Variables,
): unknown {
  const [name, ...rest] = path;
  const node = field.arguments?.find((argument) => argument.name.value === name)?.value;
  return node && valueAt(node, rest, operation, variables);
}

function valueAt(
  node: ValueNode,
  path: readonly string[],
  operation: OperationDefinitionNode,
  variables: Variables,
): unknown {
  if (node.kind === Kind.VARIABLE) return within(variableValue(node.name.value, operation, variables), path);
  const [name, ...rest] = path;
  if (name === undefined) return valueFromASTUntyped(node, variables);
  if (node.kind !== Kind.OBJECT) return undefined;
  const field = node.fields.find((each) => each.name.value === name);
  return field && valueAt(field.value, rest, operation, variables);
}

/** What a variable stands for: what the client sent, or else its default. */
export function variableValue(name: string, operation: OperationDefinitionNode, variables: Variables): unknown {
  if (Object.hasOwn(variables, name)) return variables[name];
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  return definition?.defaultValue && valueFromASTUntyped(definition.defaultValue);
}

function within(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}
