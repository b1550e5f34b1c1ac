import { describe, expect, it } from '@jest/globals';
import { buildSchemaOf, type SubgraphDefinition, subgraphSdl } from '@supergraph/subgraph-kit';
import { library } from './library/library.subgraph.ts';

type References = SubgraphDefinition<never, never, never, never, never>['references'];

const withReferences = (change: (references: Record<string, unknown>) => void) => {
  const references: Record<string, unknown> = { ...library.references };
  change(references);
  return buildSchemaOf({ ...library, references: references as References });
};

describe('a subgraph refuses to start', () => {
  it('when an entity has no loader', async () => {
    await expect(withReferences((references) => delete references.Book)).rejects.toThrow(
      'No reference loader for Book: every @key type needs one.',
    );
  });

  it('when a loader is for something that is no entity', async () => {
    await expect(withReferences((references) => (references.Ghost = () => {}))).rejects.toThrow(
      'Reference loaders for Ghost, which have no @key.',
    );
  });
});

it('prints an SDL that keeps keys and descriptions', async () => {
  const sdl = await subgraphSdl(library as never);
  expect(sdl).toContain('type Book @key(fields: "id") {');
  expect(sdl).toContain('"""A book that one person can borrow at a time."""');
  expect(sdl).not.toContain('shelfId: ID!\n  organizationId');
});
