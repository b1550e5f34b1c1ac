import { isTree, type Tree } from './tree.ts';

/** Where a fetch works: names of fields, and `@` for every item of a list. */
export type ResponsePath = readonly string[];

const EVERY_ITEM = '@';

/** Finds the objects at a path. Places that are null, or not what the path takes them for, have none. */
export function collectTargets(root: Tree, path: ResponsePath): Tree[] {
  const targets: Tree[] = [];
  collect(root, path, 0, targets);
  return targets;
}

function collect(value: unknown, path: ResponsePath, at: number, targets: Tree[]): void {
  if (typeof value !== 'object' || value === null) return;
  const segment = path[at];
  if (segment === EVERY_ITEM) {
    if (Array.isArray(value)) for (const item of value) collect(item, path, at + 1, targets);
  } else if (Array.isArray(value)) {
    return;
  } else if (segment === undefined) {
    targets.push(value as Tree);
  } else {
    collect((value as Tree)[segment], path, at + 1, targets);
  }
}

/**
 * Where in the answer some of the targets of a path are. Looked for when there is an error to be placed, because keeping
 * a path for each target would cost every request what few of them need.
 */
export function pathsOf(targets: ReadonlySet<Tree>, root: Tree, path: ResponsePath): (string | number)[][] {
  const found: (string | number)[][] = [];
  visit(root, 0, []);
  return found;

  function visit(value: unknown, at: number, place: (string | number)[]): void {
    const segment = path[at];
    if (segment === EVERY_ITEM) {
      if (Array.isArray(value)) value.forEach((item, index) => visit(item, at + 1, [...place, index]));
    } else if (isTree(value)) {
      if (segment !== undefined) visit(value[segment], at + 1, [...place, segment]);
      else if (targets.has(value)) found.push(place);
    }
  }
}

/** The part of a path that is known before the answer is: up to the first list. `undefined` when that is nothing. */
export function beforeFirstList(path: ResponsePath): ResponsePath | undefined {
  const list = path.indexOf(EVERY_ITEM);
  const known = list === -1 ? path : path.slice(0, list);
  return known.length > 0 ? known : undefined;
}
