import { type GraphQLError, isValueNode, Kind } from 'graphql';

/**
 * Whether a document that breaks the rules of validation does so with a value that one of our scalars refuses.
 *
 * The gateway does not know our scalars, so a client's `email: "nonsense"` comes this far inside of a document that the
 * gateway wrote. Everything else that could be wrong with such a document is the gateway's fault; this is the client's.
 */
export function isRefusedLiteral({ nodes }: GraphQLError): boolean {
  // Where a scalar throws without a place, there is none; every rule of GraphQL itself names one.
  const [place] = nodes ?? [];
  return !place || (isValueNode(place) && place.kind !== Kind.VARIABLE);
}
