import type { GraphQLDataSource } from '@apollo/gateway';
import { ErrorCode } from '@supergraph/protocol';
import { GraphQLError, Kind, type OperationDefinitionNode, parse } from 'graphql';

type Call = Parameters<GraphQLDataSource['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;
type Path = readonly (string | number)[];

const MESSAGES = {
  /** It could not be reached, or what it said was no GraphQL answer. */
  [ErrorCode.SUBGRAPH_UNAVAILABLE]: (subgraph: string) => `Subgraph '${subgraph}' is unavailable`,
  /** It did not answer in the time it has. */
  [ErrorCode.SUBGRAPH_TIMEOUT]: (subgraph: string) => `Subgraph '${subgraph}' did not answer in time`,
};

export type SubgraphFailureCode = keyof typeof MESSAGES;

/**
 * What the executor is told instead of an answer: one error for each root field that is missing now.
 *
 * For entities it throws one error for all of them, at the path before the first list: the executor has no way to place
 * a returned one there, and a hundred equal errors help nobody.
 */
export function subgraphFailure(code: SubgraphFailureCode, subgraph: string, call: Call): Answer {
  const message = MESSAGES[code](subgraph);
  const extensions = { code, subgraph };
  const place = ('pathInIncomingRequest' in call && call.pathInIncomingRequest) || [];
  const fields = place.length === 0 ? rootFields(call.request.query) : [];
  if (fields.length === 0) throw new GraphQLError(message, { path: beforeFirstList(place), extensions });
  return { errors: fields.map((field) => ({ message, path: [field], extensions })) };
}

function rootFields(query: string | undefined): string[] {
  const document = parse(query ?? '{ __typename }', { noLocation: true });
  const operation = document.definitions[0] as OperationDefinitionNode;
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.alias?.value ?? selection.name.value] : [],
  );
}

/** Indices into a list are not known before the answer. */
function beforeFirstList(path: Path): Path | undefined {
  const list = path.indexOf('@');
  const known = list === -1 ? path : path.slice(0, list);
  return known.length > 0 ? known : undefined;
}
