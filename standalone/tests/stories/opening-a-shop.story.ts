import { expect, it } from '@jest/globals';
import { codeOf } from '../support/graph.client.ts';
import { does } from '../support/does.ts';
import type { Market } from './market.ts';

const SEE = 'query ($id: ID!) { shop(id: $id) { name state } }';

export function openingAShop(market: Market): void {
  it('takes papers that staff accept; nobody else sees it before that', async () => {
    const { seller, judge } = market;
    const settings = { name: 'Tea Hous', slug: 'tea-house', currency: 'CHF', country: 'CH' };
    const shop = await does(seller, 'registerShop', settings, { name: 'Tea Hous', state: 'PENDING_APPROVAL' });
    const { id, version } = shop;
    const better = { id, version, name: 'Tea House', taxRate: 810 };
    await does(seller, 'updateShop', better, { name: 'Tea House', taxRate: 810, version: version + 1 });
    const papers = { shopId: id, legalName: 'Tea House SA', registrationNumber: 'CHE-1' };
    const first = await does(seller, 'submitShopVerification', papers, {
      state: 'SUBMITTED',
      legalName: 'Tea House SA',
    });
    const no = { id: first.id, approve: false, reason: 'A page is missing.' };
    await does(judge, 'decideShopVerification', no, { state: 'REJECTED', reason: 'A page is missing.' });
    expect((await market.guest().queryData(SEE, { id })).shop).toBeNull();
    const again = await does(seller, 'submitShopVerification', papers, { state: 'SUBMITTED' });
    const yes = { id: again.id, approve: true };
    await does(judge, 'decideShopVerification', yes, { state: 'APPROVED', shop: { state: 'OPEN' } });
    expect((await market.guest().queryData(SEE, { id })).shop).toEqual({ name: 'Tea House', state: 'OPEN' });
  });

  it('is for staff to interrupt and to let go on, and for its people to end', async () => {
    const { seller, judge } = market;
    const { id } = await market.shop('Short Lived');
    const suspension = { id, reason: 'Complaints' };
    await does(judge, 'suspendShop', suspension, { state: 'SUSPENDED', stateReason: 'Complaints' });
    await does(judge, 'reinstateShop', { id }, { state: 'OPEN', stateReason: null });
    const version = await market.versionOf('shop', id);
    await does(seller, 'closeShop', { id, version }, { state: 'CLOSED' });
    expect(codeOf(await judge.query('mutation ($id: ID!) { reinstateShop(input: { id: $id }) { id } }', { id }))).toBe(
      'ILLEGAL_TRANSITION',
    );
  });
}
