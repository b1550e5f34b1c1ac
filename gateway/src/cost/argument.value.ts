import { Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import type { Variables } from './cost.term.ts';

/** The value of an argument, as far as a document says it. */
export interface ArgumentValue {
  /** Whether it depends on variables. */
  readonly isOpen: boolean;
  read(variables: Variables): unknown;
}

/** @param absent what the value is when it is not given: the argument's default */
export function argumentValue(node: ValueNode | undefined, absent: unknown): ArgumentValue {
  if (!node) return { isOpen: false, read: () => absent };
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    return { isOpen: true, read: (variables) => (variables[name] === undefined ? absent : variables[name]) };
  }
  if (!hasVariables(node)) {
    const value = valueFromASTUntyped(node);
    return { isOpen: false, read: () => value };
  }
  return { isOpen: true, read: (variables) => valueFromASTUntyped(node, variables) };
}

function hasVariables(node: ValueNode): boolean {
  if (node.kind === Kind.LIST) return node.values.some(hasVariables);
  if (node.kind === Kind.OBJECT) return node.fields.some(({ value }) => hasVariables(value));
  return node.kind === Kind.VARIABLE;
}
