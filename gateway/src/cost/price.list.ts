import {
  type ASTNode,
  type DirectiveNode,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isUnionType,
  valueFromASTUntyped,
} from 'graphql';
import type { CostDirectiveNames } from './cost.directives.ts';

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize?: number;
  /** Arguments that say how long the list will be. */
  readonly slicingArguments: readonly string[];
  /** The fields of what is returned that are the list; none when it is the field itself. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

/** What one use of a field costs, without what is selected in it. */
export interface FieldPrice {
  /** Of each thing it returns. */
  readonly weight: number;
  /** How many lists are inside each other in its type. */
  readonly dimensions: number;
  readonly listSize: ListSize | undefined;
  readonly arguments: readonly GraphQLArgument[];
  readonly type: GraphQLCompositeType | undefined;
}

/** What the fields, types and arguments of one graph cost: what its directives say, or else the defaults. */
export class PriceList {
  readonly schema: GraphQLSchema;
  readonly #names: CostDirectiveNames;
  /** At most as many as the schema has fields. */
  readonly #fields = new Map<GraphQLField<unknown, unknown>, FieldPrice>();

  constructor(schema: GraphQLSchema, names: CostDirectiveNames) {
    this.schema = schema;
    this.#names = names;
  }

  /** Absent for what is no field of the type: introspection, and names that validation does not know. */
  field(type: GraphQLCompositeType, name: string): FieldPrice | undefined {
    const field = isUnionType(type) ? undefined : type.getFields()[name];
    if (!field) return undefined;
    let price = this.#fields.get(field);
    if (!price) this.#fields.set(field, (price = this.#price(type, field)));
    return price;
  }

  /** What one value of an input costs: an object one unit and its fields, a leaf nothing, unless it says otherwise. */
  inputWeight(type: GraphQLInputType, declaration?: ASTNode | null): number {
    const named = getNamedType(type);
    return this.#weight(declaration) ?? this.#weight(named.astNode) ?? (isInputObjectType(named) ? 1 : 0);
  }

  /** Whether no value of this argument costs anything. */
  isFree({ type, astNode }: GraphQLArgument): boolean {
    return !isInputObjectType(getNamedType(type)) && this.inputWeight(type, astNode) === 0;
  }

  #price(owner: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): FieldPrice {
    const named = getNamedType(field.type);
    const type = isCompositeType(named) ? named : undefined;
    const declarations = [field, ...this.#implementations(owner, field.name)];
    return {
      weight: Math.max(...declarations.map((each) => this.#fieldWeight(each))),
      dimensions: dimensionsOf(field.type),
      listSize: this.#listSize(field) ?? longest(declarations.map((each) => this.#listSize(each))),
      arguments: field.args,
      type,
    };
  }

  /** An interface's field stands for those of all objects that have it; the dearest of them counts. */
  #implementations(owner: GraphQLCompositeType, name: string): readonly GraphQLField<unknown, unknown>[] {
    if (!isInterfaceType(owner)) return [];
    return this.schema.getPossibleTypes(owner).flatMap((object) => object.getFields()[name] ?? []);
  }

  #fieldWeight({ astNode, type }: GraphQLField<unknown, unknown>): number {
    const named = getNamedType(type);
    const weight = this.#weight(astNode) ?? this.#weight(named.astNode);
    if (weight !== undefined) return weight;
    if (!isCompositeType(named)) return 0;
    const possible = isUnionType(named) || isInterfaceType(named) ? this.schema.getPossibleTypes(named) : [];
    return Math.max(1, ...possible.map(({ astNode: object }) => this.#weight(object) ?? 1));
  }

  #weight(node: ASTNode | null | undefined): number | undefined {
    const { weight } = argumentsOf(directiveOn(node, this.#names.cost));
    // Nothing makes an operation cheaper than it is without it.
    return weight === undefined ? undefined : Math.max(0, Number(weight) || 0);
  }

  #listSize({ astNode }: GraphQLField<unknown, unknown>): ListSize | undefined {
    const directive = directiveOn(astNode, this.#names.listSize);
    if (!directive) return undefined;
    const given = argumentsOf(directive) as Partial<Record<'slicingArguments' | 'sizedFields', string[]>> &
      Partial<Pick<ListSize, 'assumedSize' | 'requireOneSlicingArgument'>>;
    const { slicingArguments = [] } = given;
    return {
      assumedSize: given.assumedSize ?? undefined,
      slicingArguments,
      sizedFields: given.sizedFields ?? [],
      requireOneSlicingArgument: slicingArguments.length > 0 && (given.requireOneSlicingArgument ?? true),
    };
  }
}

function longest(sizes: readonly (ListSize | undefined)[]): ListSize | undefined {
  return sizes.reduce((one, other) => ((other?.assumedSize ?? 0) > (one?.assumedSize ?? -1) ? other : one), undefined);
}

function dimensionsOf(type: GraphQLOutputType): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + dimensionsOf(nullable.ofType as GraphQLOutputType) : 0;
}

function directiveOn(node: ASTNode | null | undefined, name: string | undefined): DirectiveNode | undefined {
  if (!node || name === undefined || !('directives' in node)) return undefined;
  return (node.directives as readonly DirectiveNode[] | undefined)?.find((directive) => directive.name.value === name);
}

function argumentsOf(directive: DirectiveNode | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (directive?.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}
