import { describe, expect, test } from '@jest/globals';
import { missingDescriptions } from './missing-descriptions.ts';

describe('missing descriptions', () => {
  test('are found on every kind of thing that can have one', () => {
    const sdl = `
      type Undescribed { "Said." said: String unsaid(reason: String "Said." limit: Int): String }
      interface Node { id: ID! }
      union Answer = Undescribed
      enum Colour { RED "Like grass." GREEN }
      input Filter { text: String }
      scalar Moment
      directive @slow(by: Int) on FIELD_DEFINITION
    `;
    expect(missingDescriptions(sdl)).toEqual([
      'Undescribed',
      'Undescribed.unsaid',
      'Undescribed.unsaid(reason:)',
      'Node',
      'Node.id',
      'Answer',
      'Colour',
      'Colour.RED',
      'Filter',
      'Filter.text',
      'Moment',
      '@slow',
      '@slow(by:)',
    ]);
  });

  test('do not excuse an empty one', () => {
    expect(missingDescriptions('"  " scalar Moment')).toEqual(['Moment']);
  });

  test("excuse federation's own definitions and nothing beside them", () => {
    const sdl = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "FieldSet"])
      extend schema @link(url: "https://example.com/slow/v1", import: ["@slow"])
      directive @link(url: String) repeatable on SCHEMA
      directive @key(fields: FieldSet!) on OBJECT
      directive @federation__external on FIELD_DEFINITION
      directive @slow on FIELD_DEFINITION
      scalar FieldSet
      scalar _Any
      extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! mine: Int }
    `;
    expect(missingDescriptions(sdl)).toEqual(['@slow', 'Query.mine']);
  });
});
