import type { AccessTokenClaims } from '@supergraph/protocol';
import type { Policies } from './policies.ts';
import type { Requirement } from './requirement.ts';

/** What a caller may, as far as their token tells. Made per request, and works out only what is asked. */
export class CallerRights {
  readonly #claims: AccessTokenClaims | undefined;
  readonly #policies: Policies;
  #scopes: ReadonlySet<string> | undefined;

  /** @param claims verified; absent for somebody nobody knows, who satisfies nothing */
  constructor(claims: AccessTokenClaims | undefined, policies: Policies) {
    this.#claims = claims;
    this.#policies = policies;
  }

  satisfy({ kind, alternatives }: Requirement): boolean {
    const claims = this.#claims;
    if (!claims) return false;
    return alternatives.some((all) =>
      all.every((name) => (kind === 'policy' ? this.#allows(name, claims) : this.#hasScope(name, claims))),
    );
  }

  #hasScope(name: string, { scope }: AccessTokenClaims): boolean {
    this.#scopes ??= new Set(scope.split(' '));
    return this.#scopes.has(name);
  }

  #allows(name: string, claims: AccessTokenClaims): boolean {
    return this.#policies.find(name)?.(claims) === true;
  }
}
