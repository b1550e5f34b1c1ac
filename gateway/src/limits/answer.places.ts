import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import type { DocumentSize } from './document.size.ts';
import { limitExceeded } from './limit.exceeded.ts';
import type { Limits } from './limit.settings.ts';

/** Deeper than any tool asks: lists of lists of lists are nine types inside each other. */
const MAX_INTROSPECTION_DEPTH = 20;
/** Lists of the schema inside each other: the fields of all types, but not the fields of the types of those fields. */
const MAX_INTROSPECTION_NESTING = 2;
/** The usual introspection has nine lists, each of which may be as long as the schema. */
const MAX_INTROSPECTION_LISTS = 15;

/** Fields of introspection that answer with lists. Those of arguments are short, and so are their lists. */
const INTROSPECTION_LISTS: ReadonlySet<string> = new Set(
  ['types', 'directives', 'fields', 'inputFields', 'enumValues', 'interfaces', 'possibleTypes'], // prettier-ignore
);

/** One place in an answer: everything that is asked for under one response name, wherever in the document. */
class Place {
  askedFor = 0;
  readonly #places = new Map<string, Place>();

  at(responseName: string): { place: Place; isNew: boolean } {
    const known = this.#places.get(responseName);
    if (known) return { place: known, isNew: false };
    const place = new Place();
    this.#places.set(responseName, place);
    return { place, isNew: true };
  }

  get size(): number {
    return this.#places.size;
  }
}

/** How a field stands in the answer. */
interface Position {
  readonly depth: number;
  /** Lists of the schema around it, where this is introspection. */
  readonly introspection: number | undefined;
}

/**
 * Lays out the places of an answer, as far as a document says: its depth, its root fields, and what is asked for again and
 * again at one place. Takes as long as the document is unfolded, so its {@link DocumentSize} has to be bounded before.
 */
export class AnswerPlaces {
  readonly #size: DocumentSize;
  readonly #limits: Limits;
  #introspectionLists = 0;

  constructor(size: DocumentSize, limits: Limits) {
    this.#size = size;
    this.#limits = limits;
  }

  /** Returns the number of root fields, of the operation that has the most. Throws {@link Refusal}. */
  layOut(): number {
    let rootFields = 0;
    for (const { selectionSet } of this.#size.operations) {
      const root = new Place();
      this.#introspectionLists = 0;
      this.#selectionSet(selectionSet, root, { depth: 0, introspection: undefined });
      rootFields = Math.max(rootFields, root.size);
    }
    for (const { selectionSet } of this.#size.unused()) {
      this.#selectionSet(selectionSet, new Place(), { depth: 0, introspection: undefined });
    }
    const { maxRootFields } = this.#limits;
    if (rootFields > maxRootFields) throw limitExceeded('rootFields', maxRootFields, 'root fields');
    return rootFields;
  }

  #selectionSet({ selections }: SelectionSetNode, around: Place, position: Position): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.#field(selection, around, position);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.#selectionSet(selection.selectionSet, around, position);
      else {
        const fragment = this.#size.fragments.get(selection.name.value);
        if (fragment) this.#selectionSet(fragment.selectionSet, around, position);
      }
    }
  }

  #field(field: FieldNode, around: Place, outer: Position): void {
    const { maxRepetitions } = this.#limits;
    const { place, isNew } = around.at((field.alias ?? field.name).value);
    place.askedFor += 1;
    if (place.askedFor > maxRepetitions) {
      throw limitExceeded('repetitions', maxRepetitions, 'times the same field at one place');
    }
    const position = this.#inside(field.name.value, outer, isNew);
    if (field.selectionSet) this.#selectionSet(field.selectionSet, place, position);
  }

  #inside(name: string, outer: Position, isNew: boolean): Position {
    const depth = outer.depth + 1;
    const isIntrospection = outer.introspection !== undefined || name === '__schema' || name === '__type';
    const maximum = isIntrospection ? MAX_INTROSPECTION_DEPTH : this.#limits.maxDepth;
    if (depth > maximum) throw limitExceeded('depth', maximum, 'fields inside each other');
    if (!isIntrospection) return { depth, introspection: undefined };
    if (!INTROSPECTION_LISTS.has(name)) return { depth, introspection: outer.introspection ?? 0 };
    const introspection = (outer.introspection ?? 0) + 1;
    if (introspection > MAX_INTROSPECTION_NESTING) {
      throw limitExceeded('introspectionNesting', MAX_INTROSPECTION_NESTING, 'lists of the schema inside each other');
    }
    if (isNew) this.#introspectionLists += 1;
    if (this.#introspectionLists > MAX_INTROSPECTION_LISTS) {
      throw limitExceeded('introspectionLists', MAX_INTROSPECTION_LISTS, 'lists of the schema');
    }
    return { depth, introspection };
  }
}
