import { describe, expect, it } from '@jest/globals';
import { Supergraph } from '@apollo/federation-internals';
import { composeServices } from '@apollo/composition';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { compileHasKey } from './entity-key.ts';

describe('A representation', () => {
  const { supergraphSdl } = composeServices([
    {
      name: 'shop',
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type Query { product: Product }
        type Product @key(fields: "upc") @key(fields: "sku brand { code }") { upc: ID sku: ID brand: Brand weight: Int }
        type Brand { code: ID }`),
    },
  ]);
  const hasKey = compileHasKey({ queryPlanner: new QueryPlanner(Supergraph.build(supergraphSdl!)) }, 'shop');
  const product = (fields: object) => hasKey({ __typename: 'Product', ...fields });

  it('names an entity as long as one of its keys is whole', () => {
    expect(product({ upc: '1' })).toBe(true);
    expect(product({ upc: '1', weight: null })).toBe(true);
    expect(product({ upc: '1', sku: null, brand: null })).toBe(true);
    expect(product({ upc: null, sku: 's', brand: { code: 'b' } })).toBe(true);
  });

  it('names none when its key has a null in it, however deep', () => {
    expect(product({ upc: null })).toBe(false);
    expect(product({ upc: null, weight: 1 })).toBe(false);
    expect(product({ sku: 's', brand: { code: null } })).toBe(false);
    expect(product({ sku: 's', brand: null })).toBe(false);
  });

  it('is left to the subgraph when its key is not known', () => {
    expect(product({ weight: null })).toBe(true);
    expect(product({ sku: null })).toBe(true);
    expect(hasKey({ __typename: 'Unknown', id: null })).toBe(true);
  });
});
