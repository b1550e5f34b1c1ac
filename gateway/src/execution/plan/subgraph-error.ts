import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { beforeFirstList, pathsOf, type ResponsePath } from './response-path.ts';
import type { Tree } from './tree.ts';

type Path = readonly (string | number)[];

/** Where the errors of a fetch belong in the answer. */
export interface ErrorPlaces {
  readonly subgraph: string;
  readonly path: ResponsePath;
  readonly root: Tree;
  /** For a fetch of entities: the objects that the representation at an index stands for. */
  readonly targetsOf?: ((index: number) => ReadonlySet<Tree>) | undefined;
}

/** Puts an error of a subgraph where the client can make sense of it; one of an entity, wherever that entity is. */
export function subgraphErrors(error: GraphQLFormattedError, places: ErrorPlaces): GraphQLError[] {
  return answerPaths(error.path, places).map((path) => {
    const { message, extensions } = error;
    return new GraphQLError(message || `Subgraph '${places.subgraph}' gave an error without a message`, {
      ...(path && { path }),
      extensions: { ...extensions, serviceName: places.subgraph },
      originalError: error as unknown as Error,
    });
  });
}

function answerPaths(path: Path | undefined, { path: prefix, root, targetsOf }: ErrorPlaces): (Path | undefined)[] {
  const isWellFormed = Array.isArray(path);
  if (!targetsOf) {
    if (!isWellFormed) return [undefined];
    return [prefix.includes('@') ? beforeFirstList(prefix) : [...prefix, ...(path as Path)]];
  }
  const [, index, ...rest] = isWellFormed ? (path as Path) : [];
  const targets = typeof index === 'number' ? targetsOf(index) : undefined;
  const found = targets ? pathsOf(targets, root, prefix).map((place) => [...place, ...rest]) : [];
  return found.length > 0 ? found : [beforeFirstList(prefix)];
}
