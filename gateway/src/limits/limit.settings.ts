import { z } from 'zod';

const limit = (initial: number) => z.int().positive().default(initial);

/**
 * What a document may ask for, before anything is known of its schema. The defaults are a few times what the largest
 * operations of real clients need, and a small part of what hurts.
 */
export const limitSettings = {
  /** The longest document, in lexical tokens. It may have as many comments, and as many lines. */
  maxTokens: limit(10_000),
  /** The longest document, in characters: what blanks, comments and texts in it add up to is not seen in its tokens. */
  maxDocumentLength: limit(100_000),
  /** Fields inside each other, through fragments too. Introspection does not count. */
  maxDepth: limit(15),
  /** Fields, fragments and inline fragments of all operations, with each fragment counted wherever it is used. */
  maxSelections: limit(3_000),
  /** How often a place in the answer may be asked for: comparing such fields takes the square of their number. */
  maxRepetitions: limit(100),
  /** Aliased fields of an operation, with each fragment counted wherever it is used. */
  maxAliases: limit(30),
  /** Fields of an operation's root; in a batch, of all its operations. */
  maxRootFields: limit(20),
  /** Directives anywhere in a document. */
  maxDirectives: limit(50),
  /** Directives at one place. */
  maxDirectivesPerPlace: limit(5),
  maxFragments: limit(200),
  /** Operations in one document, of which a request runs one. */
  maxOperations: limit(50),
  /** Variables of an operation, declared or sent. */
  maxVariables: limit(100),
  /** Values in all variables together: each text, number, list, object and so on is one. */
  maxVariableValues: limit(10_000),
  /** Operations that one HTTP request may hold as a list. 1 stands for no lists. */
  maxBatch: limit(10),
};

export type Limits = Readonly<z.output<z.ZodObject<typeof limitSettings>>>;
