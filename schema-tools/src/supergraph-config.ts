import { parse } from 'yaml';
import { z } from 'zod';

const shape = z.object({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string(),
    z.object({
      routing_url: z.url(),
      schema: z.object({ file: z.string().transform((path) => path.replace(/^\.\//, '')) }),
    }),
  ),
});

/** One subgraph of `supergraph.yaml`. */
export interface SubgraphEntry {
  readonly name: string;
  readonly routingUrl: string;
  /** Where its SDL lies, from the repository's root. */
  readonly schemaFile: string;
}

/** Reads the part of rover's `supergraph.yaml` that this repository uses. Throws when it has another shape. */
export function parseSupergraphConfig(text: string): SubgraphEntry[] {
  const { subgraphs } = shape.parse(parse(text));
  return Object.entries(subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    routingUrl: routing_url,
    schemaFile: schema.file,
  }));
}
