import { dirname, join } from 'node:path/posix';
import { parseSync } from '@swc/core';
import { Kind, parse } from 'graphql';

/** Functions that fail unless the operation they are given succeeds: where it is among their arguments. */
const RUNNERS = { queryData: 0, hear: 1 };

/** A subscription succeeds when something comes, which only this one waits for. */
const HEARING = 'hear';

/**
 * Finds the mutations and subscriptions that succeed in tests, by reading the tests: what is proven must not hang on which
 * of them ran, in which order or in how many processes.
 *
 * Counted is what is given to a function that fails on errors: documents, also those with parts filled in, and names of
 * fields given to functions that make a document of them. What is awaited to be refused (`.rejects`) is not.
 *
 * Not seen: whether a test is skipped or a call is reached, whether somebody looks at the answer (`does` and `hear` do),
 * and that a union's member may stand for a failure. Names that are computed count for nothing.
 *
 * @param {Record<string, string>} sources by path
 * @returns {Set<string>} names of root fields
 */
export function findProvenOperations(sources) {
  const files = new Map(Object.entries(sources).map(([path, text]) => [path, readFile(path, text)]));
  const proven = new Set();
  /** Functions that make an operation of a name: where the name is among their arguments. */
  const makers = [];
  for (const file of files.values()) {
    for (const call of file.calls) {
      const index = RUNNERS[call.name];
      if (index === undefined || call.isRefused) continue;
      const document = textOf(call.arguments[index], call, files);
      for (const name of rootFieldsOf(document, call.name === HEARING ? 'subscription' : 'mutation')) {
        const parameter = FILLED_IN.exec(name)?.[1];
        if (parameter) addMaker(makers, call, parameter);
        else proven.add(name);
      }
    }
  }
  // Grows while it is gone through: a function may hand the name on to another.
  for (const maker of makers) {
    for (const call of callsOf(maker, files)) {
      const given = call.arguments[maker.index];
      if (given?.type === 'StringLiteral') proven.add(given.value);
      else if (given?.type === 'Identifier') addMaker(makers, call, given.value);
    }
  }
  return proven;
}

/** What stands for a part of a document that only its run fills in. A name, so that the rest parses. */
const FILLED_IN = /^filled_in_(\w*)$/;

function addMaker(makers, { path, functions }, parameter) {
  const maker = functions.findLast(({ parameters }) => parameters.includes(parameter));
  if (!maker?.name) return;
  const found = { path, name: maker.name, index: maker.parameters.indexOf(parameter) };
  const isKnown = makers.some(
    ({ path: its, name, index }) => its === path && name === found.name && index === found.index,
  );
  if (!isKnown) makers.push(found);
}

function callsOf({ path, name }, files) {
  return [...files.values()].flatMap((file) => {
    const isKnownAs =
      file.path === path ? name : file.imports.find((each) => each.from === path && each.name === name)?.as;
    return file.calls.filter((call) => isKnownAs && call.name === isKnownAs && !call.isRefused);
  });
}

function rootFieldsOf(document, kind) {
  if (!document) return [];
  try {
    return parse(document, { noLocation: true }).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === kind
        ? definition.selectionSet.selections.flatMap((selection) => selection.name?.value ?? [])
        : [],
    );
  } catch {
    // Meant to be refused, or no document at all.
    return [];
  }
}

function textOf(node, place, files) {
  switch (node?.type) {
    case 'StringLiteral':
      return node.value;
    case 'TemplateLiteral':
      return node.quasis
        .map(({ cooked }, index) => {
          const filled = node.expressions[index];
          return cooked + (filled ? (textOf(filled, place, files) ?? nameOf(filled)) : '');
        })
        .join('');
    case 'BinaryExpression': {
      const halves = [node.left, node.right].map((half) => textOf(half, place, files));
      return halves.includes(undefined) ? undefined : halves.join('');
    }
    case 'ParenthesisExpression':
    case 'TsAsExpression':
    case 'TsConstAssertion':
      return textOf(node.expression, place, files);
    case 'Identifier':
      return textOfName(node.value, place, files);
    default:
      return undefined;
  }
}

const nameOf = (node) => `filled_in_${node.type === 'Identifier' ? node.value : ''}`;

/** The text of a constant: of the innermost function around, of the file, or of the file that it is imported from. */
function textOfName(name, { path, functions }, files) {
  const file = files.get(path);
  const isParameter = functions.some(({ parameters }) => parameters.includes(name));
  const visible = file.constants.filter(
    (each) => each.name === name && each.functions.every((it) => functions.includes(it)),
  );
  const found = visible.toSorted((one, other) => other.functions.length - one.functions.length)[0];
  if (found) return textOf(found.value, { path, functions: found.functions }, files);
  const imported = !isParameter && file.imports.find(({ as }) => as === name);
  if (!imported || !files.has(imported.from)) return undefined;
  return textOfName(imported.name, { path: imported.from, functions: [] }, files);
}

/** What a file calls, names and imports. */
function readFile(path, text) {
  const file = { path, calls: [], constants: [], imports: [] };
  walk(parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2024' }), { path, functions: [] }, file);
  return file;
}

function walk(node, place, file) {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, place, file);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  note(node, place, file);
  const within = placeIn(node, place);
  for (const child of Object.values(node)) walk(child, within, file);
}

function note(node, place, file) {
  if (node.type === 'CallExpression') {
    const { callee } = node;
    const name = callee.type === 'MemberExpression' ? callee.property.value : callee.value;
    file.calls.push({ ...place, name, arguments: node.arguments.map(({ expression }) => expression) });
  } else if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
    file.constants.push({ name: node.id.value, value: node.init, functions: place.functions });
  } else if (node.type === 'ImportDeclaration' && node.source.value.startsWith('.')) {
    const from = join(dirname(file.path), node.source.value);
    for (const { local, imported } of node.specifiers) {
      file.imports.push({ from, as: local.value, name: (imported ?? local).value });
    }
  }
}

/** Where what is in a node stands. */
function placeIn(node, place) {
  if (node.type === 'MemberExpression' && node.property.value === 'rejects') return { ...place, isRefused: true };
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') return { ...place, named: node.id.value };
  const parameters = node.params ?? node.function?.params;
  if (!parameters || (!node.body && !node.function)) return place;
  const names = parameters.map((each) => {
    const pattern = each.pat ?? each;
    return pattern.value ?? pattern.left?.value;
  });
  const name = node.identifier?.value ?? node.key?.value ?? place.named;
  return { ...place, named: undefined, functions: [...place.functions, { name, parameters: names }] };
}

/**
 * The mutations and subscriptions of each subgraph, as they are composed.
 *
 * @returns {Map<string, string[]>} by the subgraph's name in capital letters
 */
export function findChangingOperations(supergraph) {
  const roots = parse(supergraph, { noLocation: true }).definitions.filter(
    ({ kind, name }) => kind === Kind.OBJECT_TYPE_DEFINITION && ['Mutation', 'Subscription'].includes(name.value),
  );
  const fields = roots.flatMap((root) => root.fields.map((field) => ({ root, field })));
  const owned = fields.flatMap(({ root, field }) =>
    graphsOf(field, root).map((graph) => ({ graph, name: field.name.value })),
  );
  const grouped = Map.groupBy(owned, ({ graph }) => graph);
  return new Map([...grouped].map(([graph, those]) => [graph, those.map(({ name }) => name).toSorted()]));
}

/** A field that does not say whose it is is that of all who have its type. */
function graphsOf(field, root) {
  const said = argumentsOf(field, 'join__field');
  return said.length > 0 ? said : argumentsOf(root, 'join__type');
}

function argumentsOf({ directives }, name) {
  return directives
    .filter((directive) => directive.name.value === name)
    .flatMap((directive) => directive.arguments.filter((argument) => argument.name.value === 'graph'))
    .map((argument) => argument.value.value);
}
