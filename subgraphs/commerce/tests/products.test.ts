import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCategory, createProduct, createVariant, listProduct, variantInput } from './product.story.ts';
import { openShop, registerShop } from './shop.story.ts';
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
  id title slug status listed brand version attributes { name value } images { url alternativeText }
  variants { sku title active price { amount currency } } priceRange { lowest { amount } highest { amount } }
  lowestPrice { amount currency } rating ratingCount category { name ancestors { name } } shop { id }
} }`;
const CREATE = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id slug } }';
const UPDATE = 'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { version brand title } }';
const step = (name: string) =>
  `mutation ($input: ProductVersionInput!) { ${name}(input: $input) { status listed version } }`;
const CREATE_VARIANT = 'mutation ($input: CreateProductVariantInput!) { createProductVariant(input: $input) { id } }';
const UPDATE_VARIANT =
  'mutation ($input: UpdateProductVariantInput!) { updateProductVariant(input: $input) { version price { amount } } }';
const see = async (id: string, as?: ReturnType<typeof seller> | ReturnType<typeof staff>) =>
  (await graph.data(SEE, as, { id }))['product'];

describe('a product', () => {
  test('is drafted, gets its variants, is published, and is taken off sale', async () => {
    const parent = await createCategory(graph, { name: 'Drinks' });
    const { id: categoryId } = await createCategory(graph, { name: 'Tea', parentId: parent.id });
    const draft = await createProduct(graph, owner, shopId, {
      title: ' Thé d’Été ',
      categoryId,
      brand: 'Sirop & Fils',
      attributes: [
        { name: 'origin', value: 'Ceylon' },
        { name: 'grade', value: 'OP' },
      ],
      images: [{ url: 'https://images.example.com/a b.jpg'.replace(' ', '%20'), alternativeText: 'A tin' }],
    });
    expect(draft).toMatchObject({ slug: 'the-d-ete', status: 'DRAFT' });
    expect(await see(draft.id)).toBeNull();
    expect(await see(draft.id, seller())).toBeNull();
    expect(await see(draft.id, { ...owner, scope: '' })).toBeNull();
    const input = { id: draft.id, version: draft.version };
    expect(await graph.codes(step('publishProduct'), owner, { input })).toEqual(['CONFLICT']);
    await createVariant(graph, owner, draft.id, { options: [{ name: 'size', value: '100 g' }], sku: 'A' });
    await createVariant(graph, owner, draft.id, { price: { amount: 900, currency: 'CHF' }, position: 1, sku: 'B' });
    const { publishProduct } = await graph.data(step('publishProduct'), owner, { input });
    expect(publishProduct).toMatchObject({ status: 'ACTIVE', listed: true });
    expect(await see(draft.id)).toMatchObject({
      title: 'Thé d’Été',
      attributes: [
        { name: 'grade', value: 'OP' },
        { name: 'origin', value: 'Ceylon' },
      ],
      images: [{ url: 'https://images.example.com/a%20b.jpg', alternativeText: 'A tin' }],
      variants: [
        { sku: 'A', title: '100 g', price: { amount: 1_200, currency: 'CHF' } },
        { sku: 'B', title: 'Thé d’Été', price: { amount: 900, currency: 'CHF' } },
      ],
      priceRange: { lowest: { amount: 900 }, highest: { amount: 1_200 } },
      lowestPrice: { amount: 900, currency: 'CHF' },
      rating: null,
      ratingCount: 0,
      category: { name: 'Tea', ancestors: [{ name: 'Drinks' }] },
      shop: { id: shopId },
    });
    const { version } = publishProduct;
    expect(await graph.codes(step('publishProduct'), owner, { input: { id: draft.id, version } })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    const { archiveProduct } = await graph.data(step('archiveProduct'), owner, { input: { id: draft.id, version } });
    expect(archiveProduct).toMatchObject({ status: 'ARCHIVED', listed: false });
    expect(await see(draft.id)).toBeNull();
    expect(await see(draft.id, owner)).toMatchObject({ status: 'ARCHIVED' });
    const archived = { id: draft.id, version: archiveProduct.version };
    expect(await graph.codes(UPDATE, owner, { input: { ...archived, title: 'New' } })).toEqual(['ILLEGAL_TRANSITION']);
    const { unarchiveProduct } = await graph.data(step('unarchiveProduct'), owner, { input: archived });
    expect(unarchiveProduct.status).toBe('DRAFT');
    const described = {
      ...{ productId: draft.id, shopId, organizationId: owner.org, title: 'Thé d’Été', slug: 'the-d-ete' },
      ...{ categoryId, brand: 'Sirop & Fils', currency: 'CHF' },
    };
    const created = { ...described, status: 'DRAFT', lowestPrice: null };
    expect(await graph.eventsOf('product.created')).toContainEqual(created);
    expect(await graph.eventsOf('product.published')).toContainEqual({
      ...described,
      status: 'ACTIVE',
      lowestPrice: 900,
    });
    expect(await graph.eventsOf('product.archived')).toContainEqual({
      ...described,
      status: 'ARCHIVED',
      lowestPrice: 900,
    });
  });

  test('has an address of its own in the shop, also when ten of one title are made at once', async () => {
    const input = { shopId, title: 'Sencha Nº 1' };
    const made = await Promise.all(Array.from({ length: 10 }, () => graph.data(CREATE, owner, { input })));
    const slugs = made.map(({ createProduct }) => createProduct.slug).sort();
    expect(slugs).toEqual(['sencha-no-1', ...Array.from({ length: 9 }, (_, n) => `sencha-no-1-${n + 2}`)].sort());
    const wanted = { shopId, title: 'Other', slug: 'sencha-no-1' };
    expect(await graph.codes(CREATE, owner, { input: wanted })).toEqual(['CONFLICT']);
    const unwritable = await createProduct(graph, owner, shopId, { title: '烏龍茶' });
    expect(unwritable.slug).toBe('product');
    const elsewhere = seller();
    const other = await openShop(graph, elsewhere);
    expect((await createProduct(graph, elsewhere, other.id, { title: input.title })).slug).toBe('sencha-no-1');
  });

  test('is changed by one at a time, and what is left out stays', async () => {
    const { id, version } = await createProduct(graph, owner, shopId, { brand: 'Old' });
    const codes = await Promise.all(
      ['One', 'Two'].map((title) => graph.codes(UPDATE, owner, { input: { id, version, title } })),
    );
    expect(codes.flat()).toEqual(['VERSION_CONFLICT']);
    const after = await see(id, owner);
    expect(after).toMatchObject({ brand: 'Old' });
    await graph.data(UPDATE, owner, { input: { id, version: after.version, brand: null } });
    expect(await see(id, owner)).toMatchObject({ brand: null, title: after.title });
  });

  test('has its pictures replaced as a whole', async () => {
    const images = (count: number, path: string) =>
      Array.from({ length: count }, (_, n) => ({ url: `https://images.example.com/${path}/${n}` }));
    const { id, version } = await createProduct(graph, owner, shopId, { images: images(20, 'a') });
    await graph.data(UPDATE, owner, { input: { id, version, images: images(2, 'b') } });
    const { images: now } = await see(id, owner);
    expect(now.map(({ url }: { url: string }) => url)).toEqual(images(2, 'b').map(({ url }) => url));
  });

  test('disappears with its shop, and comes back with it', async () => {
    const other = seller();
    const shop = await registerShop(graph, other);
    const early = await createProduct(graph, other, shop.id);
    const open = await openShop(graph, other);
    const product = await listProduct(graph, other, open.id);
    expect(await see(product.id)).not.toBeNull();
    const judge = staff();
    const suspend = 'mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { state } }';
    await graph.data(suspend, judge, { input: { id: open.id, reason: 'Counterfeits' } });
    expect(await see(product.id)).toBeNull();
    expect(await see(product.id, judge)).toMatchObject({ listed: false, variants: [{ active: true }] });
    expect(await see(product.id, other)).toMatchObject({ status: 'ACTIVE', listed: false });
    // What is made meanwhile knows it too.
    const hidden = await listProduct(graph, other, open.id);
    expect(await see(hidden.id)).toBeNull();
    const reinstate = 'mutation ($input: ReinstateShopInput!) { reinstateShop(input: $input) { version } }';
    const { reinstateShop } = await graph.data(reinstate, judge, { input: { id: open.id } });
    for (const { id } of [product, hidden]) expect(await see(id)).not.toBeNull();
    const close = 'mutation ($input: ShopVersionInput!) { closeShop(input: $input) { state } }';
    await graph.data(close, other, { input: { id: open.id, version: reinstateShop.version } });
    expect(await see(product.id)).toBeNull();
    expect(await graph.codes(CREATE, other, { input: { shopId: open.id, title: 'Late' } })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(await see(early.id, other)).toMatchObject({ listed: false });
  });

  test('that was prepared before its shop was let in is listed once it is', async () => {
    const other = seller();
    const shop = await registerShop(graph, other);
    const product = await listProduct(graph, other, shop.id);
    expect(await see(product.id)).toBeNull();
    const submit = 'mutation ($input: SubmitShopVerificationInput!) { submitShopVerification(input: $input) { id } }';
    const asked = { shopId: shop.id, legalName: 'A', registrationNumber: '1' };
    const { id } = (await graph.data(submit, other, { input: asked }))['submitShopVerification'];
    const decide =
      'mutation ($input: DecideShopVerificationInput!) { decideShopVerification(input: $input) { state } }';
    await graph.data(decide, staff(), { input: { id, approve: true } });
    expect(await see(product.id)).toMatchObject({ listed: true });
  });
});

describe('nobody else', () => {
  test('changes a product, and whoever may not see it does not learn that there is one', async () => {
    const { id, version } = await listProduct(graph, owner, shopId);
    const draft = await createProduct(graph, owner, shopId);
    const variant = await createVariant(graph, owner, draft.id);
    const change = { input: { id, version, title: 'Mine' } };
    expect(await graph.codes(UPDATE, undefined, change)).toEqual(['UNAUTHENTICATED']);
    expect(await graph.codes(UPDATE, { ...owner, scope: 'commerce:read' }, change)).toEqual(['FORBIDDEN']);
    const stranger = seller();
    expect(await graph.codes(UPDATE, stranger, change)).toEqual(['NOT_FOUND']);
    expect(await graph.codes(UPDATE, stranger, { input: { ...change.input, id: draft.id } })).toEqual(['NOT_FOUND']);
    for (const name of ['publishProduct', 'archiveProduct', 'unarchiveProduct']) {
      expect(await graph.codes(step(name), stranger, { input: { id, version } })).toEqual(['NOT_FOUND']);
    }
    expect(await graph.codes(CREATE, stranger, { input: { shopId, title: 'Mine' } })).toEqual(['NOT_FOUND']);
    expect(await graph.codes(CREATE_VARIANT, stranger, { input: variantInput(id) })).toEqual(['NOT_FOUND']);
    expect(await graph.codes(UPDATE_VARIANT, stranger, { input: { ...variant, position: 1 } })).toEqual(['NOT_FOUND']);
    const bySelf = 'query ($id: ID!) { productVariant(id: $id) { id } }';
    expect(await graph.data(bySelf, stranger, { id: variant.id })).toEqual({ productVariant: null });
    expect(await graph.data(bySelf, owner, { id: variant.id })).toEqual({ productVariant: { id: variant.id } });
  });

  test.each([
    [{ title: ' ' }],
    [{ title: 'x'.repeat(201) }],
    [{ title: 'NUL \0' }],
    [{ slug: '../admin' }],
    [{ description: 'x'.repeat(20_001) }],
    [{ images: [{ url: 'http://images.example.com/a' }] }],
    [{ images: [{ url: 'javascript:alert(1)' }] }],
    [{ images: [{ url: 'https://user:secret@example.com/a' }] }],
    [{ images: Array.from({ length: 21 }, () => ({ url: 'https://example.com/a' })) }],
    [{ attributes: Array.from({ length: 51 }, (_, n) => ({ name: `a${n}`, value: 'x' })) }],
    [{ attributes: Array.from({ length: 2 }, () => ({ name: 'same', value: 'x' })) }],
    [{ attributes: [{ name: '', value: 'x' }] }],
  ])('makes a product with %j', async (wrong) => {
    expect(await graph.codes(CREATE, owner, { input: { shopId, title: 'Right', ...wrong } })).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  test('gets more than text out of strange names', async () => {
    const attributes = [
      { name: '__proto__', value: 'x' },
      { name: 'constructor', value: "'; drop table product; --" },
    ];
    const { id } = await createProduct(graph, owner, shopId, { title: '<script>alert(1)</script> ?', attributes });
    expect(await see(id, owner)).toMatchObject({ title: '<script>alert(1)</script> ?', attributes });
    const lost = { input: { shopId, title: 'x', categoryId: randomUUID() } };
    expect(await graph.codes(CREATE, owner, lost)).toEqual(['NOT_FOUND']);
  });
});
