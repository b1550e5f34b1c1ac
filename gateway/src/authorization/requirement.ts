import type { SecurityDirective } from '../graph/security-directives.ts';

/**
 * One thing that the schema asks of a caller who wants to see something. There is one object for what means the same
 * anywhere in a graph, so requirements can be compared by identity.
 */
export interface Requirement {
  readonly kind: SecurityDirective;
  /**
   * Scopes or policies, by kind: of one alternative at least, all have to be there. Where there is none nobody is let
   * through; a plain `@authenticated` has one that asks for nothing.
   */
  readonly alternatives: readonly (readonly string[])[];
}

/** Makes requirements, each only once. */
export class Requirements {
  readonly #known = new Map<string, Requirement>();

  get(kind: SecurityDirective, alternatives: Requirement['alternatives']): Requirement {
    const key = JSON.stringify([kind, alternatives]);
    let requirement = this.#known.get(key);
    if (!requirement) this.#known.set(key, (requirement = { kind, alternatives }));
    return requirement;
  }

  get all(): Iterable<Requirement> {
    return this.#known.values();
  }
}
