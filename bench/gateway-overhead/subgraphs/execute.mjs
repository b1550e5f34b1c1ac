import { Kind, parse } from 'graphql';

/**
 * Turns a query into a function of its variables.
 *
 * The mock subgraphs share a core with the load generator, so a full graphql-js execution would make them, not the
 * gateway, the thing that is measured. There is no validation: a field without a resolver reads the property of that
 * name, and one that is missing fails the call.
 *
 * @param {string} source
 * @param {Record<string, Record<string, (parent: object, args: object) => unknown>>} resolvers
 * @returns {(variables: object) => object}
 */
export function compileQuery(source, resolvers) {
  const document = parse(source, { noLocation: true });
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const fragments = new Map(
    document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  );
  const defaults = Object.fromEntries(
    operation.variableDefinitions
      .filter(({ defaultValue }) => defaultValue)
      .map(({ variable, defaultValue }) => [variable.name.value, valueOf(defaultValue, {})]),
  );
  const select = compileSelection([operation.selectionSet], { resolvers, fragments });
  return (variables) => select({ __typename: 'Query' }, { ...defaults, ...variables });
}

/** Selections are compiled per concrete type, the first time one comes along. */
function compileSelection(selectionSets, scope) {
  const byType = new Map();
  return (parent, variables) => {
    const typename = parent.__typename;
    let fields = byType.get(typename);
    if (!fields) byType.set(typename, (fields = compileFields(selectionSets, typename, scope)));
    const answer = {};
    for (const field of fields) {
      if (!field.included(variables)) continue;
      answer[field.key] = complete(field.resolve(parent, field.argumentsOf(variables)), field.select, variables);
    }
    return answer;
  };
}

function complete(value, select, variables) {
  if (value === undefined) throw new Error('a field has no value');
  if (value === null || !select) return value;
  return Array.isArray(value) ? value.map((item) => complete(item, select, variables)) : select(value, variables);
}

function compileFields(selectionSets, typename, scope) {
  const nodes = new Map();
  for (const set of selectionSets) collectFields(set, typename, scope.fragments, [], nodes);
  return [...nodes].map(([key, { found, conditions }]) => {
    const [{ name, arguments: given = [] }] = found;
    const sets = found.map((node) => node.selectionSet).filter(Boolean);
    return {
      key,
      resolve: scope.resolvers[typename]?.[name.value] ?? ((parent) => parent[name.value]),
      argumentsOf: compileArguments(given),
      included: conditions.length === 0 ? () => true : (variables) => conditions.every((holds) => holds(variables)),
      select: sets.length > 0 ? compileSelection(sets, scope) : undefined,
    };
  });
}

function collectFields(selectionSet, typename, fragments, outer, nodes) {
  for (const node of selectionSet.selections) {
    const conditions = [...outer, ...conditionsOf(node)];
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const known = nodes.get(key);
      if (known) known.found.push(node);
      else nodes.set(key, { found: [node], conditions });
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    const on = fragment.typeCondition?.name.value;
    if (!on || on === typename) collectFields(fragment.selectionSet, typename, fragments, conditions, nodes);
  }
}

function conditionsOf({ directives = [] }) {
  return directives.flatMap(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return [];
    const read = compileArguments(given);
    return [(variables) => read(variables).if === (name.value === 'include')];
  });
}

function compileArguments(nodes) {
  if (nodes.length === 0) return () => ({});
  return (variables) => Object.fromEntries(nodes.map(({ name, value }) => [name.value, valueOf(value, variables)]));
}

function valueOf(node, variables) {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((item) => valueOf(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, valueOf(value, variables)]));
    default:
      return node.value;
  }
}
