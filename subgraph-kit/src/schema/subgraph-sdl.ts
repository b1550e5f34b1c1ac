import { buildSchemaOf, type SchemaParts } from './build-subgraph-schema.ts';

/** A subgraph's SDL, as it is composed and committed. Needs nothing to run. */
export async function subgraphSdl(definition: SchemaParts<never>): Promise<string> {
  return (await buildSchemaOf(definition)).sdl;
}
