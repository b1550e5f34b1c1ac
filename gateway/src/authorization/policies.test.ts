import { describe, expect, it } from '@jest/globals';
import type { AccessTokenClaims } from '@supergraph/protocol';
import { Policies } from './policies.ts';

const person = { sid: 'session', roles: [] as string[] } as AccessTokenClaims;
const machine = { key: 'key', roles: [] as string[] } as AccessTokenClaims;
const supported = { ...person, act: { sub: 'support' } };
const member = (orgRole: AccessTokenClaims['orgRole']) => ({ ...person, org: 'engines', orgRole });

describe('The policy', () => {
  it.each<[policy: string, lets: string, claims: AccessTokenClaims, verdict: boolean]>([
    ['person', 'somebody who signed in', person, true],
    ['person', 'support in their name', supported, true],
    ['person', 'a machine', machine, false],
    ['inPerson', 'somebody who signed in', person, true],
    ['inPerson', 'support in their name', supported, false],
    ['inPerson', 'a machine', machine, false],
    ['organization', 'somebody who acts for one', member('VIEWER'), true],
    ['organization', 'somebody who acts for nobody', person, false],
    ['orgRole:ADMIN', 'an admin', member('ADMIN'), true],
    ['orgRole:ADMIN', 'an owner', member('OWNER'), true],
    ['orgRole:ADMIN', 'a manager', member('MANAGER'), false],
    ['orgRole:VIEWER', 'a member without a role', member(undefined), false],
    ['orgRole:VIEWER', 'a role without an organization', { ...person, orgRole: 'OWNER' }, false],
    ['role:SUPPORT', 'support', { ...person, roles: ['SUPPORT'] }, true],
    ['role:SUPPORT', 'another role', { ...person, roles: ['SUPPORTER'] }, false],
    ['persona:VENDOR', 'a vendor', { ...person, persona: 'VENDOR' }, true],
    ['persona:VENDOR', 'a customer', { ...person, persona: 'CUSTOMER' }, false],
    ['persona:VENDOR', 'somebody who did not say', person, false],
  ])('%s for %s', (policy, _, claims, verdict) => {
    expect(new Policies().find(policy)!(claims)).toBe(verdict);
  });

  it.each([
    'person ',
    'Person',
    'orgRole:EMPEROR',
    'orgRole',
    'role:',
    'persona:EVERYBODY',
    'toString',
    '__proto__',
    '',
  ])('%p is not known', (policy) => {
    expect(new Policies({ other: () => true }).find(policy)).toBeUndefined();
  });

  it('of a company is added to ours, and takes the place of none of them', () => {
    const policies = new Policies({ 'shop:open': ({ org }) => org === 'engines', inPerson: () => true });
    expect(policies.find('shop:open')!(member('VIEWER'))).toBe(true);
    expect(policies.find('shop:open')!(person)).toBe(false);
    expect(policies.find('inPerson')!(machine)).toBe(false);
  });
});
