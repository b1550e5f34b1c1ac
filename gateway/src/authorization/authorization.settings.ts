import { z } from 'zod';

/** The limits of what authorization may add to an operation and to its answer. */
export const authorizationSettings = {
  /** Errors of refused fields in one answer, at most; one more then says how many were left out. */
  authorizationErrorLimit: z.int().positive().default(100),
  /**
   * Fields of an operation after what was refused is taken out, at most. It can become longer only where a field of an
   * interface is refused for some of the types behind it and has to be asked for type by type.
   */
  authorizationFieldLimit: z.int().positive().default(10_000),
};
