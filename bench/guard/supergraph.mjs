import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { subgraphSchemas } from '../gateway-overhead/subgraphs/schemas.mjs';

/** What a caller of the benchmark may do; the graph asks for it. */
export const SCOPE = 'users:read';

const PRELUDE = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.14"
      import: [
        "@key"
        "@external"
        "@requires"
        "@authenticated"
        "@requiresScopes"
        "@policy"
        "@cost"
        "@listSize"
        "@composeDirective"
      ]
    )
    @link(url: "https://specs.supergraph.example/guard/v1.0", import: ["@rateLimited"])
    @composeDirective(name: "@rateLimited")

  directive @rateLimited(max: Int!, seconds: Int!, by: String! = "caller") repeatable on FIELD_DEFINITION
`;

/** How the graph of the other benchmark is annotated: a limit that is never reached costs what any limit costs. */
const ANNOTATIONS = [
  [/users\(.*\): \[User!\]!/, '@authenticated @listSize(slicingArguments: ["size"])'],
  [
    /bestsellers\(.*\): \[Product!\]!/,
    '@policy(policies: [["person"]]) @listSize(slicingArguments: ["size"]) @rateLimited(max: 100000000, seconds: 60)',
  ],
  [/reviews\(.*\): \[Review!\]!/g, '@listSize(slicingArguments: ["first"])'],
  [/birthday: String!/, `@requiresScopes(scopes: [["${SCOPE}"]])`],
  [/shippingEstimate: Int!/, '@authenticated @cost(weight: 2)'],
];

/** The supergraph of the mock subgraphs with everything on it that a guard has to look at. */
export function composeGuardedSupergraph(urls) {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphSchemas).map(([name, sdl]) => ({ name, url: urls[name], typeDefs: parse(annotated(sdl)) })),
  );
  if (errors) throw new AggregateError(errors, 'the annotated subgraphs do not compose');
  return supergraphSdl;
}

function annotated(sdl) {
  return ANNOTATIONS.reduce(
    (text, [pattern, directives]) => text.replace(pattern, (field) => `${field} ${directives}`),
    PRELUDE + sdl,
  );
}
