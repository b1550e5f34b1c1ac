import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openShop, registerShop, shopInput, submitVerification } from './shop.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

const SEE =
  'query ($id: ID!) { shop(id: $id) { id name state stateReason commissionRate organization { id } version } }';
const DECIDE =
  'mutation ($input: DecideShopVerificationInput!) { decideShopVerification(input: $input) { state reason } }';
const SUSPEND = 'mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { state stateReason } }';
const REINSTATE = 'mutation ($input: ReinstateShopInput!) { reinstateShop(input: $input) { state stateReason } }';
const CLOSE = 'mutation ($input: ShopVersionInput!) { closeShop(input: $input) { state } }';
const UPDATE = 'mutation ($input: UpdateShopInput!) { updateShop(input: $input) { name taxRate version } }';
const see = async (id: string, as?: ReturnType<typeof seller> | ReturnType<typeof staff>) =>
  (await graph.data(SEE, as, { id }))['shop'];

describe('a shop', () => {
  test('is set up, asks to be let in, and is seen by everybody once it is', async () => {
    const owner = seller();
    const shop = await registerShop(graph, owner);
    expect(shop.state).toBe('PENDING_APPROVAL');
    expect(await see(shop.id)).toBeNull();
    expect(await see(shop.id, seller())).toBeNull();
    const verification = await submitVerification(graph, owner, shop.id);
    const judge = staff();
    const queue = await graph.data('{ shopVerifications { edges { node { id legalName shop { name } } } } }', judge);
    expect(queue['shopVerifications'].edges).toContainEqual({
      node: { id: verification, legalName: 'Halle aux thés SA', shop: { name: 'Halle aux thés' } },
    });
    await graph.data(DECIDE, judge, { input: { id: verification, approve: true } });
    expect(await see(shop.id)).toMatchObject({ state: 'OPEN', commissionRate: null, organization: null });
    expect(await see(shop.id, owner)).toMatchObject({ commissionRate: 1_000, organization: { id: owner.org } });
    const named = { shopId: shop.id, organizationId: owner.org, ownerId: owner.sub, name: 'Halle aux thés' };
    expect(await graph.eventsOf('shop.registered')).toContainEqual(named);
    expect(await graph.eventsOf('shop.approved')).toContainEqual(named);
  });

  test('is told why it is not let in, and may ask again', async () => {
    const owner = seller();
    const { id: shopId } = await registerShop(graph, owner);
    const first = await submitVerification(graph, owner, shopId);
    const again = 'mutation ($input: SubmitShopVerificationInput!) { submitShopVerification(input: $input) { id } }';
    const input = { shopId, legalName: 'A', registrationNumber: '1' };
    expect(await graph.codes(again, owner, { input })).toEqual(['CONFLICT']);
    const { decideShopVerification } = await graph.data(DECIDE, staff(), {
      input: { id: first, approve: false, reason: 'The number is another company’s.' },
    });
    expect(decideShopVerification).toEqual({ state: 'REJECTED', reason: 'The number is another company’s.' });
    await submitVerification(graph, owner, shopId);
    expect(await graph.codes(DECIDE, staff(), { input: { id: first, approve: true } })).toEqual(['ILLEGAL_TRANSITION']);
  });

  test('is let in or not, but never both: of ten who decide at once one does', async () => {
    const owner = seller();
    const { id: shopId } = await registerShop(graph, owner);
    const id = await submitVerification(graph, owner, shopId);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        graph.codes(DECIDE, staff(), {
          input: index % 2 ? { id, approve: true } : { id, approve: false, reason: 'No.' },
        }),
      ),
    );
    expect(outcomes.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(outcomes.flat()).toEqual(Array.from({ length: 9 }, () => 'ILLEGAL_TRANSITION'));
  });

  test('keeps its address: of ten who want one at once one gets it', async () => {
    const register = 'mutation ($input: RegisterShopInput!) { registerShop(input: $input) { id } }';
    const input = shopInput();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => graph.codes(register, seller(), { input })));
    expect(outcomes.flat()).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
  });

  test('is stopped with a reason that its people see, and let sell again', async () => {
    const owner = seller();
    const { id, slug } = await openShop(graph, owner);
    await graph.data(SUSPEND, staff(), { input: { id, reason: 'Counterfeits' } });
    expect(await see(id)).toBeNull();
    expect(await see(id, owner)).toMatchObject({ state: 'SUSPENDED', stateReason: 'Counterfeits' });
    const bySlug = 'query ($slug: String!) { shopBySlug(slug: $slug) { id } }';
    expect(await graph.data(bySlug, seller(), { slug })).toEqual({ shopBySlug: null });
    expect(await graph.data(bySlug, staff(), { slug })).toEqual({ shopBySlug: { id } });
    await graph.data(REINSTATE, staff(), { input: { id } });
    expect(await see(id)).toMatchObject({ state: 'OPEN', stateReason: null });
    expect(await graph.codes(REINSTATE, staff(), { input: { id } })).toEqual(['ILLEGAL_TRANSITION']);
  });

  test('gives up for good', async () => {
    const owner = seller();
    const { id, version } = await openShop(graph, owner);
    await graph.data(CLOSE, owner, { input: { id, version } });
    expect(await see(id)).toBeNull();
    const closed = await see(id, owner);
    expect(await graph.codes(CLOSE, owner, { input: { id, version: closed.version } })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await graph.codes(UPDATE, owner, { input: { id, version: closed.version, name: 'B' } })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });

  test('is changed by one at a time', async () => {
    const owner = seller();
    const { id, version } = await openShop(graph, owner);
    const codes = await Promise.all(
      ['One', 'Two'].map((name) => graph.codes(UPDATE, owner, { input: { id, version, name } })),
    );
    expect(codes.flat()).toEqual(['VERSION_CONFLICT']);
  });
});

describe('nobody else', () => {
  test('changes a shop, and whoever may not see it does not learn that there is one', async () => {
    const owner = seller();
    const open = await openShop(graph, owner);
    const hidden = await registerShop(graph, owner);
    const change = (id: string, version: number) => ({ input: { id, version, name: 'Mine' } });
    expect(await graph.codes(UPDATE, undefined, change(open.id, open.version))).toEqual(['UNAUTHENTICATED']);
    expect(await graph.codes(UPDATE, seller(), change(open.id, open.version))).toEqual(['NOT_FOUND']);
    expect(await graph.codes(UPDATE, seller(), change(hidden.id, hidden.version))).toEqual(['NOT_FOUND']);
    const clerk = { ...owner, scope: 'commerce:read' };
    expect(await graph.codes(UPDATE, clerk, change(open.id, open.version))).toEqual(['FORBIDDEN']);
    expect(await graph.codes(SUSPEND, owner, { input: { id: open.id, reason: 'Envy' } })).toEqual(['FORBIDDEN']);
    expect(await graph.codes(REINSTATE, undefined, { input: { id: randomUUID() } })).toEqual(['UNAUTHENTICATED']);
    const machine = { ...staff(), sid: undefined };
    expect(await graph.codes(SUSPEND, machine, { input: { id: open.id, reason: 'Envy' } })).toEqual(['FORBIDDEN']);
  });

  test.each([
    [{ slug: 'No Spaces' }, 'input.slug'],
    [{ slug: 'ab' }, 'input.slug'],
    [{ name: ' ' }, 'input.name'],
    [{ name: 'evil\u202egnp' }, 'input.name'],
    [{ taxRate: -1 }, 'input.taxRate'],
    [{ taxRate: 5_001 }, 'input.taxRate'],
    [{ description: 'x'.repeat(5_001) }, 'input.description'],
  ])('registers a shop with %j', async (wrong, path) => {
    const register = 'mutation ($input: RegisterShopInput!) { registerShop(input: $input) { id } }';
    const { errors } = await graph.query(register, seller(), { input: shopInput(wrong) });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(path.endsWith(errors[0]!.extensions.fields![0]!.path)).toBe(true);
  });
});
