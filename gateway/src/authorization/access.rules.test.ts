import { composeServices } from '@apollo/composition';
import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { AccessRules } from './access.rules.ts';

const link = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", ${imports.join(', ')}])\n`;
const ALL = link(
  '"@authenticated"',
  '"@requiresScopes"',
  '"@policy"',
  '"@requires"',
  '"@external"',
  '"@shareable"',
  '"@interfaceObject"',
);

function compose(...subgraphs: string[]): { supergraphSdl?: string; faults: string } {
  const services = subgraphs.map((sdl, index) => ({ name: `s${index}`, url: 'http://s', typeDefs: parse(sdl) }));
  const { supergraphSdl, errors = [] } = composeServices(services);
  return { ...(supergraphSdl && { supergraphSdl }), faults: errors.join('\n') };
}

function rulesOf(...subgraphs: string[]): AccessRules {
  const { supergraphSdl, faults } = compose(...subgraphs);
  if (!supergraphSdl) throw new Error(faults);
  return readRules(supergraphSdl);
}

const readRules = (sdl: string) => new AccessRules(buildASTSchema(parse(sdl), { assumeValid: true }));

/** As short as it can be read. */
const told = (rules: AccessRules, coordinate: string) => {
  const [type, field] = coordinate.split('.') as [string, string];
  return rules
    .of(type, field)
    .map(({ kind, alternatives }) =>
      kind === 'authenticated' ? kind : `${kind} ${alternatives.map((all) => all.join('+')).join(' or ')}`,
    );
};

describe('What a field asks for', () => {
  it('is all that its type, the field itself and its value ask for, from every subgraph', () => {
    const rules = rulesOf(
      `${ALL} type Query { thing: Thing @policy(policies: [["p"]]) open: Int level: [Level!]! when: When }
       type Thing @key(fields: "id") @authenticated { id: ID! size: Int @requiresScopes(scopes: [["a"], ["b"]]) @shareable }
       enum Level @policy(policies: [["q", "r"]]) { HIGH }
       scalar When @authenticated`,
      `${ALL} type Thing @key(fields: "id") { id: ID! size: Int @requiresScopes(scopes: [["c"]]) @shareable weight: Int }`,
    );
    expect(told(rules, 'Query.open')).toEqual([]);
    expect(told(rules, 'Query.thing')).toEqual(['policy p', 'authenticated']);
    expect(told(rules, 'Query.level')).toEqual(['policy q+r']);
    expect(told(rules, 'Query.when')).toEqual(['authenticated']);
    expect(told(rules, 'Thing.id')).toEqual(['authenticated']);
    expect(told(rules, 'Thing.weight')).toEqual(['authenticated']);
    expect(told(rules, 'Thing.size')).toEqual(['authenticated', 'requiresScopes a+c or b+c']);
    expect([...rules.policies]).toEqual(['p', 'q', 'r']);
  });

  it('is not what another type behind the same interface asks for, though composition writes that on the interface', () => {
    const sdl = `${ALL} type Query { all: Shape }
      interface Shape { size: Int name: Int }
      type Circle implements Shape { size: Int @authenticated name: Int }
      type Square implements Shape @policy(policies: [["p"]]) { size: Int name: Int }
      type Line implements Shape { size: Int name: Int }`;
    expect(compose(sdl).supergraphSdl).toMatch(/interface Shape[^{]*@policy/);
    const rules = rulesOf(sdl);
    expect(told(rules, 'Circle.size')).toEqual(['authenticated']);
    expect(told(rules, 'Circle.name')).toEqual([]);
    expect(told(rules, 'Square.size')).toEqual(['policy p']);
    expect(told(rules, 'Line.size')).toEqual([]);
    expect(told(rules, 'Query.all')).toEqual([]);
  });

  it('is what an older composition let people write on an interface', () => {
    const rules = readRules(`
      directive @authenticated on FIELD_DEFINITION | INTERFACE
      directive @policy(policies: [[String]]) on INTERFACE
      type Query { all: Shape }
      interface Shape @policy(policies: [["p"]]) { size: Int @authenticated }
      type Circle implements Shape { size: Int colour: Int }`);
    expect(told(rules, 'Circle.size')).toEqual(['policy p', 'authenticated']);
    expect(told(rules, 'Circle.colour')).toEqual(['policy p']);
    expect(told(rules, 'Query.all')).toEqual(['policy p']);
  });

  it('holds for every type behind an interface that another subgraph knows as an object', () => {
    const rules = rulesOf(
      `${ALL} type Query { all: Shape } interface Shape @key(fields: "id") { id: ID! } type Line implements Shape @key(fields: "id") { id: ID! }`,
      `${ALL} type Shape @key(fields: "id") @interfaceObject { id: ID! price: Int @authenticated }`,
    );
    expect(told(rules, 'Line.price')).toEqual(['authenticated']);
  });

  it.each([
    ['imported under another name', link('{ name: "@authenticated", as: "@known" }'), '@known'],
    ['not imported', link(), '@federation__authenticated'],
  ])('counts when the directive is %s', (_, schema, directive) => {
    const rules = rulesOf(`${schema} type Query { open: Int shut: Int ${directive} }`);
    expect([told(rules, 'Query.open'), told(rules, 'Query.shut')]).toEqual([[], ['authenticated']]);
  });

  it.each(['[]', '"a"', '["a"]', '[[1]]', '[[""]]', 'null'])('cannot be met when it makes no sense: %s', (scopes) => {
    const rules = readRules(`type Query { shut: Int @requiresScopes(scopes: ${scopes}) }`);
    expect(rules.of('Query', 'shut')).toEqual([{ kind: 'requiresScopes', alternatives: [] }]);
  });
});

describe('A protected field cannot be smuggled out', () => {
  const owner = `${ALL} type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! part: Part }
    type Part @key(fields: "id") { id: ID! secret: Int @requiresScopes(scopes: [["s"]]) }`;

  it.each([
    [
      'by a field that is computed from it',
      'type Part @key(fields: "id") { id: ID! secret: Int @external sum: Int @requires(fields: "secret") }',
    ],
    [
      'by one that is computed from it two steps away',
      `type Thing @key(fields: "id") { id: ID! part: Part @external sum: Int @requires(fields: "part { secret }") }
       type Part @key(fields: "id") { id: ID! secret: Int @external }`,
    ],
    [
      'by one that asks for less',
      'type Part @key(fields: "id") { id: ID! secret: Int @external sum: Int @requires(fields: "secret") @authenticated }',
    ],
  ])('%s: that does not compose', (_, other) => {
    expect(compose(owner, `${ALL} ${other}`).faults).toMatch(
      /does not specify necessary @authenticated, @requiresScopes/,
    );
  });

  it('except for those who may see it', () => {
    const other = `type Part @key(fields: "id") { id: ID! secret: Int @external
      sum: Int @requires(fields: "secret") @requiresScopes(scopes: [["s"]]) }`;
    expect(told(rulesOf(owner, `${ALL} ${other}`), 'Part.sum')).toEqual(['requiresScopes s']);
  });
});
