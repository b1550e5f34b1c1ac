import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createProduct, createVariant, variantInput } from './product.story.ts';
import { openShop } from './shop.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
const owner = seller();
let shopId: string;

beforeAll(async () => {
  graph = await startCommerce();
  shopId = (await openShop(graph, owner)).id;
});

afterAll(() => graph.stop());

const SEE = `query ($id: ID!) { product(id: $id) {
  version lowestPrice { amount } variants { sku active }
} }`;
const step = (name: string) =>
  `mutation ($input: ProductVersionInput!) { ${name}(input: $input) { status listed version } }`;
const variantStep = (name: string) =>
  `mutation ($input: ProductVariantVersionInput!) { ${name}(input: $input) { active version } }`;
const CREATE_VARIANT = 'mutation ($input: CreateProductVariantInput!) { createProductVariant(input: $input) { id } }';
const UPDATE_VARIANT =
  'mutation ($input: UpdateProductVariantInput!) { updateProductVariant(input: $input) { version price { amount } } }';
const see = async (id: string, as?: ReturnType<typeof seller>) => (await graph.data(SEE, as, { id }))['product'];

describe('a variant', () => {
  test('has the product know what is cheapest, also when ten are made at once', async () => {
    const { id, version } = await createProduct(graph, owner, shopId);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        createVariant(graph, owner, id, { price: { amount: 500 + n, currency: 'CHF' } }),
      ),
    );
    // Who edits the product meant none of this.
    expect(await see(id, owner)).toMatchObject({ version, lowestPrice: { amount: 500 } });
  });

  test('is updated, taken off sale and put on it again; the last one stays while the product is for sale', async () => {
    const product = await createProduct(graph, owner, shopId);
    const cheap = await createVariant(graph, owner, product.id, { price: { amount: 100, currency: 'CHF' } });
    const dear = await createVariant(graph, owner, product.id, { price: { amount: 300, currency: 'CHF' } });
    await graph.data(step('publishProduct'), owner, { input: { id: product.id, version: product.version } });
    const lowest = async () => (await see(product.id, owner)).lowestPrice.amount;
    const price = (amount: number) => ({ amount, currency: 'CHF' });
    await graph.data(UPDATE_VARIANT, owner, { input: { ...dear, price: price(200) } });
    expect(await lowest()).toBe(100);
    const { deactivateProductVariant } = await graph.data(variantStep('deactivateProductVariant'), owner, {
      input: cheap,
    });
    expect(await lowest()).toBe(200);
    expect((await see(product.id)).variants).toHaveLength(1);
    expect((await see(product.id, owner)).variants).toHaveLength(2);
    const last = { id: dear.id, version: dear.version + 1 };
    expect(await graph.codes(variantStep('deactivateProductVariant'), owner, { input: last })).toEqual(['CONFLICT']);
    const { version } = deactivateProductVariant;
    await graph.data(variantStep('activateProductVariant'), owner, { input: { id: cheap.id, version } });
    expect(await lowest()).toBe(100);
    expect(await graph.codes(UPDATE_VARIANT, owner, { input: { ...dear, price: price(1) } })).toEqual([
      'VERSION_CONFLICT',
    ]);
  });

  test('is made while the platform stops the shop and lets it go on, and neither is in the way of the other', async () => {
    const other = seller();
    const shop = await openShop(graph, other);
    const { id } = await createProduct(graph, other, shop.id);
    const suspend = 'mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { state } }';
    const reinstate = 'mutation ($input: ReinstateShopInput!) { reinstateShop(input: $input) { state } }';
    const toggled = (async () => {
      for (let round = 0; round < 10; round += 1) {
        await graph.data(suspend, staff(), { input: { id: shop.id, reason: 'Counterfeits' } });
        await graph.data(reinstate, staff(), { input: { id: shop.id } });
      }
    })();
    const made = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let round = 0; round < 10; round += 1) await createVariant(graph, other, id);
      }),
    );
    await Promise.all([toggled, made]);
    expect((await see(id, other)).variants).toHaveLength(40);
  });

  test('has a SKU that the shop has once, and there are at most 100', async () => {
    const { id } = await createProduct(graph, owner, shopId);
    await createVariant(graph, owner, id, { sku: 'ONCE' });
    const again = variantInput(id, { sku: ' ONCE ' });
    expect(await graph.codes(CREATE_VARIANT, owner, { input: again })).toEqual(['CONFLICT']);
    await graph.runtime.asSystem(({ em }) =>
      em.execute(
        `insert into product_variant (id, product_id, shop_id, organization_id, sku, title, price, currency, active,
           position, created_at, updated_at)
         select gen_random_uuid(), ?, ?, ?, 'bulk-' || n, 'Bulk', 1, 'CHF', true, 0, now(), now()
         from generate_series(1, 99) n`,
        [id, shopId, owner.org],
      ),
    );
    expect(await graph.codes(CREATE_VARIANT, owner, { input: variantInput(id) })).toEqual(['CONFLICT']);
  });

  test.each([
    [{ price: { amount: 100, currency: 'EUR' } }],
    [{ price: { amount: -1, currency: 'CHF' } }],
    [{ compareAtPrice: { amount: 1_200, currency: 'CHF' } }],
    [{ sku: '\u202egnp' }],
    [{ options: Array.from({ length: 11 }, (_, n) => ({ name: `o${n}`, value: 'x' })) }],
    [{ options: Array.from({ length: 2 }, () => ({ name: 'size', value: 'x' })) }],
  ])('is not made with %j', async (wrong) => {
    const { id } = await createProduct(graph, owner, shopId);
    expect(await graph.codes(CREATE_VARIANT, owner, { input: variantInput(id, wrong) })).toEqual(['BAD_USER_INPUT']);
  });
});
