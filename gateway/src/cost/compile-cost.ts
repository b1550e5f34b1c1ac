import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { argumentValue } from './argument.value.ts';
import { type CostTerm, largest, product, sum, type Variables } from './cost.term.ts';
import { inputCost } from './input.cost.ts';
import { listLength } from './list.length.ts';
import type { FieldPrice, PriceList } from './price.list.ts';

/** What each field of a mutation costs besides its result: something is written, and told to others. */
const MUTATION = 10;
/** What a look at the schema costs, however long the answer. Limits of its own bound that. */
const INTROSPECTION = 100;

/** Selections and the type they are made on. */
interface Scope {
  readonly type: GraphQLCompositeType;
  readonly selectionSet: SelectionSetNode;
}

interface FieldUse {
  readonly owner: GraphQLCompositeType;
  readonly node: FieldNode;
}

/** What is selected in one place, by response name: equal names are one field, however often they are written. */
type Uses = Map<string, FieldUse[]>;

type Lengths = ReadonlyMap<string, CostTerm>;
const NO_LENGTHS: Lengths = new Map();

/**
 * Compiles what an operation costs: a number, or a function of variables if any of them takes part.
 *
 * Takes as long as the operation is unfolded, which is bounded before anything is compiled.
 */
export function compileCost(
  prices: PriceList,
  { document, operation }: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode },
  assumedListSize: number,
): CostTerm {
  const cost = new CostCompiler(prices, document, assumedListSize).operation(operation);
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
  if (typeof cost === 'number' || Object.keys(defaults).length === 0) return cost;
  return (variables) => cost({ ...defaults, ...variables });
}

class CostCompiler {
  readonly #prices: PriceList;
  readonly #assumedListSize: number;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(prices: PriceList, { definitions }: DocumentNode, assumedListSize: number) {
    this.#prices = prices;
    this.#assumedListSize = assumedListSize;
    const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  operation({ operation, selectionSet }: OperationDefinitionNode): CostTerm {
    const type = this.#prices.schema.getRootType(operation);
    if (!type) return 0;
    const scopes = [{ type, selectionSet }];
    const inside = this.#selections(scopes, NO_LENGTHS);
    if (operation !== OperationTypeNode.MUTATION) return inside;
    return sum([inside, MUTATION * this.#uses(scopes).always.size]);
  }

  #selections(scopes: readonly Scope[], lengths: Lengths): CostTerm {
    const { always, byType } = this.#uses(scopes);
    const costOf = (uses: Uses): CostTerm => sum(Array.from(uses.values(), (each) => this.#field(each, lengths)));
    if (byType.size === 0) return costOf(always);
    // Of the objects that may be there it is one; the dearest counts.
    return sum([costOf(always), largest(Array.from(byType.values(), costOf))]);
  }

  #field(uses: readonly FieldUse[], lengths: Lengths): CostTerm {
    const { owner, node } = uses[0]!;
    const price = this.#prices.field(owner, node.name.value);
    if (!price) return node.name.value === '__schema' || node.name.value === '__type' ? INTROSPECTION : 0;
    // Most fields are leaves, and free.
    if (!price.type && price.weight === 0 && price.arguments.length === 0) return 0;
    const { listSize } = price;
    const length = listSize ? listLength(listSize, price, node.arguments ?? [], this.#assumedListSize) : undefined;
    const isListItself = !listSize?.sizedFields.length;
    const count = this.#count(price, lengths.get(node.name.value) ?? (isListItself ? length : undefined));
    const inner = length === undefined || isListItself ? NO_LENGTHS : lengthsOf(listSize.sizedFields, length);
    const scopes = uses.flatMap((use) => {
      const type = this.#prices.field(use.owner, use.node.name.value)?.type;
      return type && use.node.selectionSet ? [{ type, selectionSet: use.node.selectionSet }] : [];
    });
    const each = sum([price.weight, this.#selections(scopes, inner)]);
    return sum([product(count, each), this.#arguments(price, node)]);
  }

  #count({ dimensions }: FieldPrice, length: CostTerm | undefined): CostTerm {
    if (dimensions === 0) return 1;
    return product(length ?? this.#assumedListSize, this.#assumedListSize ** (dimensions - 1));
  }

  #arguments({ arguments: declared }: FieldPrice, { arguments: given = [] }: FieldNode): CostTerm {
    const terms = given.map(({ name, value }): CostTerm => {
      const argument = declared.find((each) => each.name === name.value);
      if (!argument || this.#prices.isFree(argument)) return 0;
      const { isOpen, read } = argumentValue(value, argument.defaultValue);
      const cost = (variables: Variables): number =>
        inputCost(this.#prices, argument.type, argument.astNode, read(variables));
      return isOpen ? cost : cost({});
    });
    return sum(terms);
  }

  #uses(scopes: readonly Scope[]): { readonly always: Uses; readonly byType: ReadonlyMap<string, Uses> } {
    const always: Uses = new Map();
    const byType = new Map<string, Uses>();
    const collect = ({ type, selectionSet }: Scope, into: Uses): void => {
      for (const selection of selectionSet.selections) {
        if (isNeverSelected(selection)) continue;
        if (selection.kind === Kind.FIELD) {
          const responseName = (selection.alias ?? selection.name).value;
          const use = { owner: type, node: selection };
          const known = into.get(responseName);
          if (known) known.push(use);
          else into.set(responseName, [use]);
        } else {
          const inner = this.#inside(selection, type);
          if (inner) collect(inner, isObjectType(type) || !isObjectType(inner.type) ? into : usesOf(inner.type.name));
        }
      }
    };
    const usesOf = (object: string): Uses => {
      let uses = byType.get(object);
      if (!uses) byType.set(object, (uses = new Map()));
      return uses;
    };
    for (const scope of scopes) collect(scope, always);
    return { always, byType };
  }

  #inside(selection: Exclude<SelectionNode, FieldNode>, around: GraphQLCompositeType): Scope | undefined {
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (!fragment) return undefined;
    const name = fragment.typeCondition?.name.value;
    const type = name === undefined ? around : this.#prices.schema.getType(name);
    return isCompositeType(type) ? { type, selectionSet: fragment.selectionSet } : undefined;
  }
}

function lengthsOf(fields: readonly string[], length: CostTerm): Lengths {
  return new Map(fields.map((name) => [name, length]));
}

/** Only where it is written down; what a variable decides on is counted, because the next request may decide otherwise. */
function isNeverSelected({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name, arguments: given = [] }) => {
    const value = given.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind !== Kind.BOOLEAN) return false;
    return name.value === 'skip' ? value.value : name.value === 'include' && !value.value;
  });
}
