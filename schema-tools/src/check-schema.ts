import { breakingChangesBetween, parseAllowedChanges } from './breaking-changes.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { fragileRootFields } from './fragile-root-fields.ts';
import { lineDiff } from './line-diff.ts';
import { missingDescriptions } from './missing-descriptions.ts';
import type { SubgraphEntry } from './supergraph-config.ts';
import { undecidedRootFields, unknownRootFields } from './undecided-root-fields.ts';
import { BREAKING_CHANGES_FILE, SUPERGRAPH_FILE } from './workspace.ts';

export interface SchemaState {
  /** What `supergraph.yaml` lists. */
  readonly subgraphs: readonly SubgraphEntry[];
  /** What the code says now: each subgraph's SDL by its name. */
  readonly emitted: ReadonlyMap<string, string>;
  /** The SDL files on disk, by path. */
  readonly written: ReadonlyMap<string, string>;
  /** The same files as the next commit would have them; undefined outside of a git repository. */
  readonly staged: ReadonlyMap<string, string> | undefined;
  /** The supergraph to stay compatible with; undefined when there was none. */
  readonly baseSupergraph: string | undefined;
  /** The text of `schema/breaking-changes.md`. */
  readonly allowedChanges: string;
  /** The root fields that anybody may ask for, as `Type.field`. */
  readonly forEverybody: ReadonlySet<string>;
}

/** Everything that is wrong with the committed schema, as texts for a person. Empty when all is well. */
export function checkSchema(state: SchemaState): string[] {
  const { subgraphs, emitted } = state;
  const unmatched = unmatchedSubgraphs(subgraphs, emitted);
  if (unmatched.length > 0) return unmatched;
  const composition = composeSupergraph(subgraphs.map((entry) => ({ ...entry, sdl: emitted.get(entry.name)! })));
  const expected = new Map(subgraphs.map((entry) => [entry.schemaFile, emitted.get(entry.name)!]));
  if (composition.supergraph) expected.set(SUPERGRAPH_FILE, composition.supergraph);
  return [
    ...[...expected].flatMap(([path, sdl]) => fileProblems(path, sdl, state)),
    ...strayFiles(expected, state),
    ...(composition.errors ?? []).map((error) => `The subgraphs do not compose. ${error}`),
    ...(composition.supergraph ? breakingProblems(composition.supergraph, state) : []),
    ...[...emitted].flatMap(([name, sdl]) =>
      missingDescriptions(sdl).map((coordinate) => `${coordinate} in ${name} has no description.`),
    ),
    ...[...emitted].flatMap(([name, sdl]) =>
      fragileRootFields(sdl).map(
        (coordinate) =>
          `${coordinate} in ${name} must be nullable: when it fails, it would take every other field along.`,
      ),
    ),
    ...undecidedProblems(state),
  ];
}

function undecidedProblems({ emitted, forEverybody }: SchemaState): string[] {
  return [
    ...[...emitted].flatMap(([name, sdl]) =>
      undecidedRootFields(sdl, forEverybody).map(
        (coordinate) =>
          `${coordinate} in ${name} must say who it is for: @authenticated, @requiresScopes or @policy, or else an ` +
          'entry in schema-tools/src/for-everybody.ts; not both.',
      ),
    ),
    ...unknownRootFields(emitted.values(), forEverybody).map(
      (coordinate) => `${coordinate} is in schema-tools/src/for-everybody.ts and in no subgraph.`,
    ),
  ];
}

function unmatchedSubgraphs(subgraphs: readonly SubgraphEntry[], emitted: ReadonlyMap<string, string>): string[] {
  const listed = new Set(subgraphs.map((entry) => entry.name));
  return [
    ...[...listed]
      .filter((name) => !emitted.has(name))
      .map((name) => `supergraph.yaml lists ${name}, which has no code.`),
    ...[...emitted.keys()]
      .filter((name) => !listed.has(name))
      .map((name) => `${name} is not listed in supergraph.yaml.`),
  ];
}

function fileProblems(path: string, sdl: string, { written, staged }: SchemaState): string[] {
  const onDisk = written.get(path);
  if (onDisk === undefined) return [`${path} is missing. Run "npm run schema:emit" and commit it.`];
  if (onDisk !== sdl) {
    return [`${path} is not what the code says. Run "npm run schema:emit" and commit it.\n${lineDiff(onDisk, sdl)}`];
  }
  if (!staged || staged.get(path) === onDisk) return [];
  return [
    `${path} has changes that are not committed. Run "git add ${path}".\n${lineDiff(staged.get(path) ?? '', onDisk)}`,
  ];
}

function strayFiles(expected: ReadonlyMap<string, string>, { written }: SchemaState): string[] {
  const known = new Set([...expected.keys(), SUPERGRAPH_FILE]);
  return [...written.keys()]
    .filter((path) => !known.has(path))
    .map((path) => `${path} belongs to no subgraph of supergraph.yaml. Delete it.`);
}

function breakingProblems(supergraph: string, { baseSupergraph, allowedChanges }: SchemaState): string[] {
  if (!baseSupergraph) return [];
  const allowed = parseAllowedChanges(allowedChanges);
  return breakingChangesBetween(baseSupergraph, supergraph)
    .filter((change) => !allowed.has(change))
    .map(
      (change) =>
        `Breaking change: ${change} Deprecate instead, or list it in ${BREAKING_CHANGES_FILE}:\n- \`${change}\``,
    );
}
