import { describe, expect, it } from '@jest/globals';
import { customerOf, SocketQuota } from './socket.quota.ts';

describe('the quota of sockets', () => {
  it('counts by holder', () => {
    const quota = new SocketQuota();
    quota.take('ada');
    quota.take('ada');
    quota.take('bob');
    expect(['ada', 'bob', 'eve'].map((holder) => quota.count(holder))).toEqual([2, 1, 0]);
  });

  it('takes back what was given once, however often it is given back', () => {
    const quota = new SocketQuota();
    const giveBack = quota.take('ada');
    quota.take('ada');
    giveBack();
    giveBack();
    expect(quota.count('ada')).toBe(1);
  });
});

describe('a customer', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:0:ffff::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
    ['', ''],
  ])('with the address %j is %j', (address, customer) => {
    expect(customerOf(address)).toBe(customer);
  });
});
