import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { OperationDocument } from '../execution/operation-document.ts';
import { conditionOf, objectTypesOf, valueTypeOf } from './selected-fields.ts';

/** What is left of an operation for somebody who may not see all that it selects. */
export interface FilteredOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The response name under which every object that may be of several types says which it is. */
  readonly typeAlias: string;
  /** Nothing is left that anybody would have to be asked for. */
  readonly isEmpty: boolean;
}

/** What is left of an operation is longer than the limit. */
export class TooManyFields extends Error {
  override readonly name = 'TooManyFields';
}

/**
 * Takes fields out of an operation, everywhere and in fragments too.
 *
 * Where nothing is left of an object it is still asked for its type, so that it is known whether it is there, and how many
 * there are. A field of an interface that may be seen of some of its types is asked for type by type.
 */
export class OperationFilter {
  readonly #schema: GraphQLSchema;
  readonly #isRefused: (type: string, field: string) => boolean;
  readonly #maxFields: number;
  #typename!: FieldNode;
  #fields = 0;

  constructor(schema: GraphQLSchema, isRefused: (type: string, field: string) => boolean, maxFields: number) {
    this.#schema = schema;
    this.#isRefused = isRefused;
    this.#maxFields = maxFields;
  }

  /** Throws {@link TooManyFields}. */
  apply(original: OperationDocument): FilteredOperation {
    const typeAlias = unusedName(original);
    this.#fields = 0;
    this.#typename = {
      kind: Kind.FIELD,
      alias: { kind: Kind.NAME, value: typeAlias },
      name: { kind: Kind.NAME, value: '__typename' },
    };
    const root = this.#schema.getRootType(original.operation.operation)!;
    const operation = { ...original.operation, selectionSet: this.#filter(root, original.operation.selectionSet) };
    const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
    for (const [name, fragment] of Object.entries(original.fragments)) {
      const type = conditionOf(this.#schema, fragment.typeCondition.name.value);
      fragments[name] = { ...fragment, selectionSet: this.#filter(type, fragment.selectionSet) };
    }
    const isEmpty = !this.#asksFor(operation.selectionSet, fragments);
    return {
      document: { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] },
      ...{ operation, typeAlias, isEmpty },
    };
  }

  #filter(parent: GraphQLCompositeType, { selections }: SelectionSetNode): SelectionSetNode {
    const left = selections.flatMap((selection) => this.#selection(parent, selection));
    if (left.length === 0 || !isObjectType(parent)) left.unshift(this.#typename);
    return { kind: Kind.SELECTION_SET, selections: left };
  }

  #selection(parent: GraphQLCompositeType, selection: SelectionNode): SelectionNode[] {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = conditionOf(this.#schema, selection.typeCondition?.name.value, parent);
      return [{ ...selection, selectionSet: this.#filter(type, selection.selectionSet) }];
    }
    const field = selection.name.value;
    const types = objectTypesOf(this.#schema, parent);
    const allowed = types.filter(({ name }) => !this.#isRefused(name, field));
    if (allowed.length === types.length) return [this.#field(parent, selection)];
    return allowed.map((type) => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
      selectionSet: { kind: Kind.SELECTION_SET, selections: [this.#field(type, selection)] },
    }));
  }

  #field(parent: GraphQLCompositeType, field: FieldNode): FieldNode {
    if (++this.#fields > this.#maxFields) throw new TooManyFields(`More than ${this.#maxFields} fields`);
    const type = valueTypeOf(parent, field.name.value);
    if (!field.selectionSet || !isCompositeType(type)) return field;
    return { ...field, selectionSet: this.#filter(type, field.selectionSet) };
  }

  #asksFor({ selections }: SelectionSetNode, fragments: OperationDocument['fragments'], seen = new Set()): boolean {
    return selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection !== this.#typename;
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.#asksFor(selection.selectionSet, fragments, seen);
      const { value } = selection.name;
      if (seen.has(value)) return false;
      seen.add(value);
      return this.#asksFor(fragments[value]!.selectionSet, fragments, seen);
    });
  }
}

/** A response name that the client does not use for something else. */
function unusedName({ operation, fragments }: OperationDocument): string {
  const used = new Set<string>();
  for (const definition of [operation, ...Object.values(fragments)]) {
    visit(definition, { Field: ({ name, alias }) => void used.add((alias ?? name).value) });
  }
  let name = '__typename_';
  while (used.has(name)) name += '_';
  return name;
}
