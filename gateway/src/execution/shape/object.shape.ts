import type { Shape } from './shaping.ts';

export type FieldShape =
  | { readonly name: string; readonly complete: Shape; readonly isNonNull: boolean }
  /** `__typename`, of which nothing is known where only an interface of the object is. */
  | { readonly name: string; readonly typename: string | undefined };

/** Completes the fields of an object. `depth` is the length of the object's path. */
export function objectShape(typeName: string, fields: readonly FieldShape[], depth: number): Shape {
  return (value, shaping) => {
    const source = value as Readonly<Record<string, unknown>>;
    const result: Record<string, unknown> = {};
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index]!;
      const { name } = field;
      if ('typename' in field) {
        if (field.typename === undefined) {
          shaping.report(`No subgraph has told which ${typeName} this is`, depth);
          return undefined;
        }
        result[name] = field.typename;
        continue;
      }
      shaping.path[depth] = name;
      const found = source[name];
      const completed = found == null ? null : field.complete(found, shaping);
      if (completed == null && field.isNonNull) {
        if (completed === null)
          shaping.report(`Cannot return null for non-nullable field ${typeName}.${name}.`, depth + 1);
        return undefined;
      }
      result[name] = completed ?? null;
    }
    return result;
  };
}
