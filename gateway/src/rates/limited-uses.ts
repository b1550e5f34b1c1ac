import { ErrorCode } from '@supergraph/protocol';
import {
  type DirectiveNode,
  type FieldNode,
  getNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationDocument } from '../execution/operation-document.ts';
import { Refusal } from '../guard/refusal.ts';
import type { DeclaredLimits, FieldLimit } from './declared.limits.ts';

/** A variable that has to be true, or false, for a selection to count. */
interface Condition {
  readonly variable: string;
  readonly mustBe: boolean;
}

/** One use of a limited field: what stands under one response key, wherever in the document it is written. */
export interface LimitedUse {
  readonly limits: readonly FieldLimit[];
  /** Validation has seen to it that all that is merged into one use has the same arguments. */
  readonly field: FieldNode;
  /** It counts when all conditions of any of these hold: one for each place that it is written at. */
  readonly places: readonly (readonly Condition[])[];
}

/** Selections that are looked at in one operation. Only where limited fields are hidden in fragments are there so many. */
const MAX_SELECTIONS = 5_000;

interface Selected {
  readonly selections: SelectionSetNode;
  readonly conditions: readonly Condition[];
}

/** Finds all uses of limited fields in an operation. Throws `Refusal` when there is no end of them. */
export function findLimitedUses(
  schema: GraphQLSchema,
  limits: DeclaredLimits,
  { operation, fragments }: OperationDocument,
): readonly LimitedUse[] {
  const reaching = new Map<SelectionSetNode, boolean>();
  if (!reaches(operation.selectionSet)) return [];
  const uses: LimitedUse[] = [];
  let looked = 0;
  const root = schema.getRootType(operation.operation)!;
  look(root.name, [{ selections: operation.selectionSet, conditions: [] }]);
  return uses;

  /** Looks at what becomes one object of the answer, merged as the executor merges it. */
  function look(typeName: string, selected: readonly Selected[]): void {
    const merged = new Map<
      string,
      { parent: string; nodes: { field: FieldNode; conditions: readonly Condition[] }[] }
    >();
    for (const { selections, conditions } of selected) collect(typeName, selections, conditions);
    for (const { parent, nodes } of merged.values()) {
      const { field } = nodes[0]!;
      const found = limits.of(parent, field.name.value);
      if (found.length > 0) uses.push({ limits: found, field, places: nodes.map(({ conditions }) => conditions) });
      const below = nodes.filter(({ field: { selectionSet } }) => selectionSet && reaches(selectionSet));
      const type = below.length > 0 ? typeOf(parent, field.name.value) : undefined;
      if (type) {
        const inside = below.map(({ field: { selectionSet }, conditions }) => ({
          selections: selectionSet!,
          conditions,
        }));
        look(type, inside);
      }
    }

    function collect(parent: string, { selections }: SelectionSetNode, outer: readonly Condition[]): void {
      for (const selection of selections) {
        looked += 1;
        if (looked > MAX_SELECTIONS) throw tooMany();
        const conditions = conditionsOf(selection.directives, outer);
        if (!conditions) continue;
        if (selection.kind === Kind.FIELD) {
          const key = `${parent}.${(selection.alias ?? selection.name).value}`;
          const same = merged.get(key) ?? { parent, nodes: [] };
          same.nodes.push({ field: selection, conditions });
          merged.set(key, same);
        } else {
          const { condition, set } = fragmentOf(selection);
          if (reaches(set)) collect(narrower(parent, condition), set, conditions);
        }
      }
    }
  }

  function fragmentOf(selection: Exclude<SelectionNode, FieldNode>): { condition?: string; set: SelectionSetNode } {
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value]! : selection;
    const condition = fragment.typeCondition?.name.value;
    return { ...(condition && { condition }), set: fragment.selectionSet };
  }

  /** What is known of an object keeps what a fragment on one of its interfaces says to be the same field. */
  function narrower(parent: string, condition: string | undefined): string {
    return condition === undefined || isObjectType(schema.getType(parent)) ? parent : condition;
  }

  function typeOf(parent: string, fieldName: string): string | undefined {
    const type = schema.getType(parent);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
    return field && getNamedType(field.type).name;
  }

  /** Whether a limited field may be anywhere in it. Each set of selections is looked at once. */
  function reaches(set: SelectionSetNode): boolean {
    const known = reaching.get(set);
    if (known !== undefined) return known;
    // For a fragment that is in itself, which validation does not let through.
    reaching.set(set, false);
    const found = set.selections.some((selection) => {
      if (selection.kind !== Kind.FIELD) return reaches(fragmentOf(selection).set);
      if (limits.names.has(selection.name.value)) return true;
      return selection.selectionSet !== undefined && reaches(selection.selectionSet);
    });
    reaching.set(set, found);
    return found;
  }
}

/** Whether what is written under these conditions is part of the operation with these variables. */
export function isIncluded({ places }: LimitedUse, valueOf: (variable: string) => unknown): boolean {
  return places.some((conditions) => conditions.every(({ variable, mustBe }) => valueOf(variable) === mustBe));
}

/** `undefined` when it is never included. */
function conditionsOf(
  directives: readonly DirectiveNode[] | undefined,
  outer: readonly Condition[],
): readonly Condition[] | undefined {
  let conditions = outer;
  for (const { name, arguments: given } of directives ?? []) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const mustBe = name.value === 'include';
    const value = given?.[0]?.value;
    if (value?.kind === Kind.VARIABLE) conditions = [...conditions, { variable: value.name.value, mustBe }];
    else if (value?.kind === Kind.BOOLEAN && value.value !== mustBe) return undefined;
  }
  return conditions;
}

function tooMany(): Refusal {
  return new Refusal(ErrorCode.BAD_REQUEST, 'The operation selects too much around fields that are limited', {
    status: 400,
    extensions: { limit: 'limitedSelections', maximum: MAX_SELECTIONS },
  });
}
