import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { expect, it } from '@jest/globals';
import { parse, print } from 'graphql';
import { withoutSecurityDirectives } from './security-directives.ts';

const SUBGRAPH = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.14"
    import: ["@key", "@authenticated", "@requiresScopes", "@policy", "@cost"]
  )
  type Query {
    me: Person @authenticated
    people: [Person] @requiresScopes(scopes: [["people:read"]]) @cost(weight: 5)
    secret: Secret @policy(policies: [["person"]])
  }
  type Person @key(fields: "id") { id: ID! }
  scalar Secret @authenticated`;

it('Of a supergraph with security directives, Apollo Gateway gets what is left without them', () => {
  const { supergraphSdl } = composeServices([{ name: 'people', url: 'http://people', typeDefs: parse(SUBGRAPH) }]);
  expect(supergraphSdl).toMatch(/@authenticated[^]*@requiresScopes[^]*@policy/);
  const stripped = print(withoutSecurityDirectives(parse(supergraphSdl!)));
  expect(stripped).not.toMatch(/authenticated|requiresScopes|policy/);
  expect(stripped).toContain('@cost(weight: 5)');
  const api = Supergraph.build(stripped, { validateSupergraph: true }).apiSchema().toGraphQLJSSchema();
  expect(Object.keys(api.getQueryType()!.getFields())).toEqual(['me', 'people', 'secret']);
});

it.each([
  [
    'imported under another name',
    'import: [{ name: "@authenticated", as: "@known" }, { name: "@requiresScopes", as: "@may" }]',
    '@known @may(scopes: [["a"]])',
  ],
  ['not imported', 'import: []', '@federation__authenticated @federation__policy(policies: [["p"]])'],
])('So it does when they are %s', (_, imports, directives) => {
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", ${imports}) type Query { me: Int ${directives} }`;
  const { supergraphSdl } = composeServices([{ name: 'people', url: 'http://people', typeDefs: parse(sdl) }]);
  expect(supergraphSdl).toMatch(new RegExp(`me: Int ${directives.slice(0, 6)}`));
  const stripped = print(withoutSecurityDirectives(parse(supergraphSdl!)));
  expect(stripped).not.toMatch(/authenticated|requiresScopes|policy|@known|@may/i);
  expect(() => Supergraph.build(stripped, { validateSupergraph: true })).not.toThrow();
});
