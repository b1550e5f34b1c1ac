import type { AccessTokenClaims } from '@supergraph/protocol';

/** Whether somebody may, as far as their token tells. Called for every request that needs it, so it must be quick. */
export type Policy = (claims: AccessTokenClaims) => boolean;

/** From the one who may least. */
const ORGANIZATION_ROLES = ['VIEWER', 'AGENT', 'MANAGER', 'ADMIN', 'OWNER'] as const;
const PERSONAS = ['CUSTOMER', 'SHOP_OWNER', 'VENDOR', 'BUILDER', 'END_USER', 'SALES'] as const;

/**
 * The policies that `@policy` can name:
 *
 * - `person`: somebody who signed in, and no machine with an API key
 * - `inPerson`: the same, and nobody of the staff who works in their name
 * - `organization`: somebody who acts for an organization
 * - `orgRole:ADMIN`: somebody with that role in the organization they act for, or a higher one
 * - `role:SUPPORT`: somebody with that role in the platform
 * - `persona:VENDOR`: somebody who came as that
 *
 * Others can be added, and do not replace these. One that is not known lets nobody through.
 */
export class Policies {
  readonly #own: Readonly<Record<string, Policy>>;
  /** Grows with the schema, not with requests. */
  readonly #found = new Map<string, Policy | undefined>();

  constructor(own: Readonly<Record<string, Policy>> = {}) {
    this.#own = own;
  }

  find(name: string): Policy | undefined {
    if (!this.#found.has(name)) this.#found.set(name, builtIn(name) ?? this.#ownPolicy(name));
    return this.#found.get(name);
  }

  #ownPolicy(name: string): Policy | undefined {
    return Object.hasOwn(this.#own, name) ? this.#own[name] : undefined;
  }
}

function builtIn(name: string): Policy | undefined {
  if (name === 'person') return ({ sid }) => sid !== undefined;
  if (name === 'inPerson') return ({ sid, act }) => sid !== undefined && act === undefined;
  if (name === 'organization') return ({ org }) => org !== undefined;
  const [kind, value = ''] = name.split(':', 2);
  if (kind === 'orgRole') return atLeast(ORGANIZATION_ROLES.findIndex((role) => role === value));
  // Platform roles are for identity to name, so any may be asked for.
  if (kind === 'role' && value) return ({ roles }) => roles.includes(value);
  if (kind === 'persona' && PERSONAS.some((persona) => persona === value)) return ({ persona }) => persona === value;
  return undefined;
}

function atLeast(rank: number): Policy | undefined {
  if (rank === -1) return undefined;
  return ({ org, orgRole }) =>
    org !== undefined && orgRole !== undefined && ORGANIZATION_ROLES.indexOf(orgRole) >= rank;
}
