import type { ProductAttributeInput } from './product.inputs.ts';

/** Attributes as they are kept. Without a prototype, so that no name means anything else. */
export function attributesOf(attributes: readonly ProductAttributeInput[]): Record<string, string> {
  const kept: Record<string, string> = Object.create(null);
  for (const { name, value } of attributes) kept[name.trim()] = value.trim();
  return kept;
}
