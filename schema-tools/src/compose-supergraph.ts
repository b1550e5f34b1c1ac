import { composeServices } from '@apollo/composition';
import { type GraphQLError, parse } from 'graphql';

export interface SubgraphSdl {
  readonly name: string;
  readonly routingUrl: string;
  readonly sdl: string;
}

export type Composition =
  | { readonly supergraph: string; readonly errors?: undefined }
  | { readonly supergraph?: undefined; readonly errors: readonly string[] };

/** Composes subgraphs into one supergraph, or says in words what stands in the way. */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): Composition {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, routingUrl, sdl }) => ({ name, url: routingUrl, typeDefs: parse(sdl) })),
  );
  if (errors) return { errors: errors.map(describe) };
  return { supergraph: `${supergraphSdl.trimEnd()}\n` };
}

function describe(error: GraphQLError): string {
  const code = error.extensions['code'];
  return typeof code === 'string' ? `${code}: ${error.message}` : error.message;
}
