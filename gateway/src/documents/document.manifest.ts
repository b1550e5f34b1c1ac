import { z } from 'zod';

const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** As GraphQL Code Generator, Relay and others write it. */
const plainManifest = z.record(z.string().min(1), z.string().min(1));

/** Documents by the id that clients send for them. */
export type DocumentManifest = ReadonlyMap<string, string>;

/** Reads a manifest of either kind. Throws when it is neither, or has one id for two documents. */
export function parseManifest(text: string): DocumentManifest {
  const content: unknown = JSON.parse(text);
  const isApollo = typeof content === 'object' && content !== null && 'format' in content;
  const entries: (readonly [string, string])[] = isApollo
    ? apolloManifest.parse(content).operations.map(({ id, body }) => [id, body])
    : Object.entries(plainManifest.parse(content));
  const manifest = new Map<string, string>();
  for (const [id, document] of entries) {
    if ((manifest.get(id) ?? document) !== document) throw new Error(`Two documents have the id ${id}`);
    manifest.set(id, document);
  }
  return manifest;
}
