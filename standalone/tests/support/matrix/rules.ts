import type { AccessTokenClaims } from '@supergraph/protocol';
import { type ConstDirectiveNode, getNamedType, type GraphQLSchema, isObjectType, valueFromASTUntyped } from 'graphql';

/** What a token says, as far as rules ask. */
export type Rights = Partial<AccessTokenClaims> | undefined;

const RANKS = ['VIEWER', 'AGENT', 'MANAGER', 'ADMIN', 'OWNER'];

/**
 * Whether the directives of a schema let somebody see a field. Written once more for the tests, from what the directives
 * mean and not from how the gateway reads them.
 */
export function mayAskFor(schema: GraphQLSchema, type: string, field: string, rights: Rights): boolean {
  const parent = schema.getType(type);
  const definition = isObjectType(parent) ? parent.getFields()[field] : undefined;
  if (!definition) throw new Error(`There is no ${type}.${field}`);
  const places = [parent, definition, getNamedType(definition.type)];
  return places.flatMap((place) => place?.astNode?.directives ?? []).every((directive) => meets(directive, rights));
}

function meets(directive: ConstDirectiveNode, rights: Rights): boolean {
  const name = directive.name.value;
  if (name === 'authenticated') return rights !== undefined;
  if (name !== 'requiresScopes' && name !== 'policy') return true;
  const alternatives = valueFromASTUntyped(directive.arguments![0]!.value) as string[][];
  const scopes = rights?.scope?.split(' ') ?? [];
  const has = (wanted: string) => (name === 'policy' ? isSuch(wanted, rights) : scopes.includes(wanted));
  return rights !== undefined && alternatives.some((all) => all.every(has));
}

function isSuch(policy: string, rights: Rights): boolean {
  const { sid, act, org, orgRole, roles = [], persona } = rights ?? {};
  const [kind, value = ''] = policy.split(':');
  switch (kind) {
    case 'person':
      return Boolean(sid);
    case 'inPerson':
      return Boolean(sid) && !act;
    case 'organization':
      return Boolean(org);
    case 'orgRole':
      return Boolean(org) && RANKS.indexOf(orgRole ?? '') >= RANKS.indexOf(value);
    case 'role':
      return roles.includes(value);
    case 'persona':
      return persona === value;
    default:
      throw new Error(`A policy of the graph that these tests do not know: ${policy}`);
  }
}
