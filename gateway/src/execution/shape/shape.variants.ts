import type { GraphQLSchema } from 'graphql';
import type { OperationDocument } from '../operation-document.ts';
import { compileShape } from './compile-shape.ts';
import type { Shape } from './shaping.ts';

/**
 * The shapes of one operation, one for each set of values of its `@skip` and `@include`. So a shape has no condition
 * left in it, and fields come in the right order even where the first of two equal ones is skipped.
 */
export class ShapeVariants {
  readonly #schema: GraphQLSchema;
  readonly #document: OperationDocument;
  readonly #maxShapes: number;
  readonly #shapes = new Map<string, Shape>();

  /** Beyond `maxShapes`, which costs memory, the oldest is compiled again, which costs what Apollo's executor always does. */
  constructor(schema: GraphQLSchema, document: OperationDocument, maxShapes = 16) {
    this.#schema = schema;
    this.#document = document;
    this.#maxShapes = maxShapes;
  }

  for(conditions: Readonly<Record<string, boolean>>): Shape {
    let key = '';
    for (const name in conditions) key += conditions[name] ? '1' : '0';
    let shape = this.#shapes.get(key);
    if (!shape) {
      shape = compileShape({ ...this.#document, schema: this.#schema, conditions });
      if (this.#shapes.size >= this.#maxShapes) this.#shapes.delete(this.#shapes.keys().next().value!);
      this.#shapes.set(key, shape);
    }
    return shape;
  }
}
