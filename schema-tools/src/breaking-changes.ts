import { Supergraph } from '@apollo/federation-internals';
import { findBreakingChanges, type GraphQLSchema } from 'graphql';

/**
 * What a client of the old supergraph could trip over in the new one, in GraphQL's own words.
 *
 * Compares what clients see: a type that is `@inaccessible` may change freely.
 */
export function breakingChangesBetween(oldSupergraph: string, newSupergraph: string): string[] {
  return findBreakingChanges(clientSchema(oldSupergraph), clientSchema(newSupergraph)).map(
    (change) => change.description,
  );
}

/** The changes that `schema/breaking-changes.md` allows: each list item that starts with one in backticks. */
export function parseAllowedChanges(markdown: string): ReadonlySet<string> {
  // What stands in a code block is an example.
  const prose = markdown.replace(/^```[^]*?^```/gm, '');
  return new Set([...prose.matchAll(/^[-*] `([^`]+)`/gm)].map((match) => match[1]!));
}

function clientSchema(supergraph: string): GraphQLSchema {
  // `null`: whatever feature a supergraph uses, its types can be compared.
  const schema = Supergraph.build(supergraph, { supportedFeatures: null }).apiSchema();
  return schema.toGraphQLJSSchema();
}
