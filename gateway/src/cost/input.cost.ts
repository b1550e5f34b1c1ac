import { type ASTNode, getNullableType, type GraphQLInputType, isInputObjectType, isListType } from 'graphql';
import type { PriceList } from './price.list.ts';

/** What a value costs that is given to an argument or to a field of an input object. */
export function inputCost(
  prices: PriceList,
  declared: GraphQLInputType,
  declaration: ASTNode | null | undefined,
  value: unknown,
): number {
  if (value === null || value === undefined) return 0;
  const type = getNullableType(declared);
  if (isListType(type)) {
    // One value may stand for a list of one.
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce<number>((total, item) => total + inputCost(prices, type.ofType, declaration, item), 0);
  }
  let cost = prices.inputWeight(type, declaration);
  if (!isInputObjectType(type) || typeof value !== 'object') return cost;
  const fields = type.getFields();
  for (const [name, item] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field) cost += inputCost(prices, field.type, field.astNode, item);
  }
  return cost;
}
