import { z } from 'zod';

/** How dear an operation may be. What a caller may spend in a minute is among the rates. */
export const costSettings = {
  /**
   * The dearest operation, or batch of operations, that is executed. A page of a hundred with a page of twenty in each of
   * them comes to about 6,000.
   */
  maxCost: z.int().positive().default(10_000),
  /** How long a list is taken to be of which the schema does not say it with `@listSize`. */
  assumedListSize: z.int().positive().default(20),
};

export type CostSettings = Readonly<z.output<z.ZodObject<typeof costSettings>>>;
