import type { ProductAttribute } from './product.types.ts';

/** Attributes as they are read: by name, from A to Z. */
export function attributeList(attributes: Readonly<Record<string, string>>): ProductAttribute[] {
  return Object.entries(attributes)
    .map(([name, value]) => ({ name, value }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
