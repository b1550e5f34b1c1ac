import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { subgraphSchemas } from './subgraphs/schemas.mjs';

/** The supergraph SDL of the mock subgraphs at the addresses they listen on. */
export function composeSupergraph(urls) {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphSchemas).map(([name, sdl]) => ({ name, url: urls[name], typeDefs: parse(sdl) })),
  );
  if (errors) throw new AggregateError(errors, 'the mock subgraphs do not compose');
  return supergraphSdl;
}
