import { ErrorCode } from '@supergraph/protocol';
import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { Refusal } from '../guard/refusal.ts';
import { limitExceeded } from './limit.exceeded.ts';
import type { Limits } from './limit.settings.ts';

/**
 * Selection sets inside each other, fragments unfolded. Far more than any field is deep, and still no strain on the stack
 * of what validates and plans it.
 */
const MAX_LEVELS = 100;

/** What selections come to when every fragment in them is unfolded. */
interface Unfolded {
  readonly selections: number;
  readonly aliases: number;
  readonly levels: number;
}

const NOTHING: Unfolded = { selections: 0, aliases: 0, levels: 0 };

/**
 * Adds up what a document would come to with its fragments unfolded, without unfolding them: each fragment is looked at
 * once, so a document takes as long as it is, whatever it would come to. Throws {@link Refusal}.
 */
export class DocumentSize {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly operations: readonly OperationDefinitionNode[];
  /** Of all operations together, and of the fragments that nothing uses. */
  readonly selections: number;
  readonly #limits: Limits;
  readonly #unfolded = new Map<string, Unfolded | 'under way'>();
  readonly #used = new Set<string>();
  #directives = 0;
  #level = 0;

  constructor({ definitions }: DocumentNode, limits: Limits) {
    this.#limits = limits;
    const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    if (fragments.length > limits.maxFragments) throw limitExceeded('fragments', limits.maxFragments, 'fragments');
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    // Only one of them would be looked at here, and both of them later.
    if (this.fragments.size < fragments.length) throw invalid('There must be only one fragment of a name');
    this.operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    if (this.operations.length > limits.maxOperations) {
      throw limitExceeded('operations', limits.maxOperations, 'operations');
    }
    let selections = 0;
    for (const operation of this.operations) selections += this.#operation(operation);
    for (const fragment of fragments) this.#fragment(fragment);
    for (const fragment of this.unused()) selections += this.#fragment(fragment).selections;
    this.selections = selections;
    this.#bounded(selections);
  }

  /** Fragments that are refused by validation in the end, after it has looked at all that is in them. */
  unused(): readonly FragmentDefinitionNode[] {
    return [...this.fragments.values()].filter(({ name }) => !this.#used.has(name.value));
  }

  #operation({ directives, variableDefinitions = [], selectionSet }: OperationDefinitionNode): number {
    const { maxAliases, maxVariables } = this.#limits;
    if (variableDefinitions.length > maxVariables) throw limitExceeded('variables', maxVariables, 'variables');
    this.#count(directives);
    for (const variable of variableDefinitions) this.#count(variable.directives);
    const { aliases, selections } = this.#selectionSet(selectionSet);
    if (aliases > maxAliases) throw limitExceeded('aliases', maxAliases, 'aliases');
    return selections;
  }

  #selectionSet(selectionSet: SelectionSetNode): Unfolded {
    this.#level += 1;
    if (this.#level > MAX_LEVELS) throw limitExceeded('levels', MAX_LEVELS, 'levels');
    let [selections, aliases, levels] = [0, 0, 0];
    for (const selection of selectionSet.selections) {
      this.#count(selection.directives);
      const inner = this.#inside(selection);
      selections += 1 + inner.selections;
      aliases += inner.aliases + (selection.kind === Kind.FIELD && selection.alias ? 1 : 0);
      levels = Math.max(levels, inner.levels);
      // Here and not at the end: numbers that double with each fragment soon are none any more.
      this.#bounded(selections);
    }
    this.#level -= 1;
    if (levels >= MAX_LEVELS) throw limitExceeded('levels', MAX_LEVELS, 'levels');
    return { selections, aliases, levels: levels + 1 };
  }

  #inside(selection: SelectionNode): Unfolded {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) {
      return selection.selectionSet ? this.#selectionSet(selection.selectionSet) : NOTHING;
    }
    const name = selection.name.value;
    this.#used.add(name);
    const fragment = this.fragments.get(name);
    // Validation has words for one that does not exist.
    return fragment ? this.#fragment(fragment) : NOTHING;
  }

  #fragment({ name, directives, selectionSet }: FragmentDefinitionNode): Unfolded {
    const known = this.#unfolded.get(name.value);
    if (known === 'under way') throw invalid('A fragment must not contain itself');
    if (known) return known;
    this.#unfolded.set(name.value, 'under way');
    this.#count(directives);
    const unfolded = this.#selectionSet(selectionSet);
    this.#unfolded.set(name.value, unfolded);
    return unfolded;
  }

  #count(directives: readonly DirectiveNode[] = []): void {
    const { maxDirectives, maxDirectivesPerPlace } = this.#limits;
    if (directives.length > maxDirectivesPerPlace) {
      throw limitExceeded('directivesPerPlace', maxDirectivesPerPlace, 'directives at one place');
    }
    this.#directives += directives.length;
    if (this.#directives > maxDirectives) throw limitExceeded('directives', maxDirectives, 'directives');
  }

  #bounded(selections: number): void {
    const { maxSelections } = this.#limits;
    if (selections > maxSelections) throw limitExceeded('selections', maxSelections, 'selections');
  }
}

/** In the place of validation, which would take its time. */
function invalid(message: string): Refusal {
  return new Refusal(ErrorCode.GRAPHQL_VALIDATION_FAILED, message, { status: 400 });
}
