import { describe, expect, it } from '@jest/globals';
import type { AccessTokenClaims } from '@supergraph/protocol';
import { callerOf, networkOf } from './caller.ts';

const ADA = '0192f0c1-2d3e-7a4b-8c5d-6e7f80910a1b';
const as = (claims: Partial<AccessTokenClaims>) =>
  callerOf({ claims: { sub: ADA, ...claims } as AccessTokenClaims, clientAddress: '203.0.113.9' });

describe('The caller', () => {
  it('is the person, whichever session and address they come from', () => {
    expect(as({ sid: 'one' })).toEqual({ kind: 'person', id: `person:${ADA}` });
    expect(as({ sid: 'two' })).toEqual(as({ sid: 'one' }));
  });

  it('is the API key, and not whoever made it', () => {
    expect(as({ key: 'k1' })).toEqual({ kind: 'key', id: 'key:k1' });
  });

  it('is support, when support works in somebody’s name', () => {
    expect(as({ sid: 'one', act: { sub: 'support' } }).id).toBe('person:support');
  });

  it('is the address of whoever is not signed in', () => {
    expect(callerOf({ claims: undefined, clientAddress: '203.0.113.9' })).toEqual({
      kind: 'address',
      id: 'address:203.0.113.9',
    });
  });
});

describe('The network of an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
    ['1::2:3:4:5:203.0.113.9', '1:0:2:3::/64'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
