import { z } from 'zod';

/** What is shown of ourselves. Little, unless those who ask are those who develop. */
export const exposureSettings = {
  /** Whether those who ask are those who develop. What follows is as this says, unless told by itself. */
  development: z.boolean().default(false),
  /** Whether the schema tells of itself. */
  introspection: z.boolean().optional(),
  /** Whether there is a page to try operations on. */
  graphiql: z.boolean().optional(),
  /** Whether messages of errors may name parts of the schema that the client did not name itself. */
  suggestions: z.boolean().optional(),
};

type Given = z.output<z.ZodObject<typeof exposureSettings>>;

export function exposureOf({ development, introspection, graphiql, suggestions }: Given) {
  return {
    introspection: introspection ?? development,
    graphiql: graphiql ?? development,
    suggestions: suggestions ?? development,
  };
}
