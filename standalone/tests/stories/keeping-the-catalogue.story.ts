import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { eventually } from '../support/eventually.ts';
import { CHF, type Market } from './market.ts';

export function keepingTheCatalogue(market: Market): void {
  it('has a tree of categories, which staff arrange', async () => {
    const { judge } = market;
    const drinks = await does(
      judge,
      'createCategory',
      { name: 'Drinks', slug: 'drinks' },
      { name: 'Drinks', depth: 1 },
    );
    const tea = await does(judge, 'createCategory', { name: 'Tee', slug: 'tea' }, { name: 'Tee', parentId: null });
    const move = { id: tea.id, version: tea.version, parentId: drinks.id };
    const moved = await does(judge, 'moveCategory', move, { parent: { name: 'Drinks' }, depth: 2 });
    const rename = { id: tea.id, version: moved.version, name: 'Tea' };
    const renamed = await does(judge, 'renameCategory', rename, { name: 'Tea', slug: 'tea' });
    await does(judge, 'deleteCategory', { id: tea.id, version: renamed.version }, { name: 'Tea' });
    const { categories } = await market.guest().queryData('{ categories { name children { name } } }');
    expect(categories).toEqual([{ name: 'Drinks', children: [] }]);
  });

  it('offers products while they are on the shelf, and not after', async () => {
    const { seller } = market;
    const shop = await market.shop('Leaves');
    const onShelf = async () => {
      const find = 'query ($shopId: ID!) { products(filter: { shopId: $shopId }) { edges { node { title } } } }';
      const { products } = await market.guest().queryData(find, { shopId: shop.id });
      return products.edges.map(({ node }: { node: { title: string } }) => node.title);
    };
    const { productId, variantId } = await market.offer(shop, 'Bancha', 900);
    expect(await onShelf()).toEqual(['Bancha']);
    const version = await market.versionOf('product', productId);
    const better = { id: productId, version, title: 'Bancha, roasted', brand: 'Hills' };
    await does(seller, 'updateProduct', better, { title: 'Bancha, roasted', brand: 'Hills', status: 'ACTIVE' });
    const dearer = { id: variantId, version: await market.versionOf('productVariant', variantId), price: CHF(950) };
    const small = await does(seller, 'updateProductVariant', dearer, { price: CHF(950), active: true });
    const second = { productId, sku: 'Bancha-2', title: 'Large', price: CHF(1_800) };
    await does(seller, 'createProductVariant', second, { title: 'Large', price: CHF(1_800) });
    const off = { id: variantId, version: small.version };
    const inactive = await does(seller, 'deactivateProductVariant', off, { active: false });
    await does(seller, 'activateProductVariant', { id: variantId, version: inactive.version }, { active: true });
    const archive = { id: productId, version: await market.versionOf('product', productId) };
    const archived = await does(seller, 'archiveProduct', archive, { status: 'ARCHIVED' });
    expect(await onShelf()).toEqual([]);
    const back = { id: productId, version: archived.version };
    const draft = await does(seller, 'unarchiveProduct', back, { status: 'DRAFT' });
    await does(seller, 'publishProduct', { id: productId, version: draft.version }, { status: 'ACTIVE', listed: true });
    expect(await onShelf()).toEqual(['Bancha, roasted']);
  });

  it('takes many products at once', async () => {
    const { seller } = market;
    const shop = await market.shop('Importer');
    const csv = 'sku,title,price\nA-1,Assam,12.50\nC-1,Ceylon,8';
    const { id } = await does(seller, 'importProducts', { shopId: shop.id, csv }, { lineCount: 2 });
    const SEE = 'query ($id: ID!) { productImport(id: $id) { state createdCount failedCount } }';
    const see = async () => (await seller.queryData(SEE, { id })).productImport;
    await eventually(async () => (await see()).state === 'FINISHED');
    expect(await see()).toEqual({ state: 'FINISHED', createdCount: 2, failedCount: 0 });
  });

  it('stops taking them when it is told to', async () => {
    const { seller } = market;
    const shop = await market.shop('Hasty');
    const lines = Array.from({ length: 5_000 }, (_, index) => `H-${index},Thing ${index},1`);
    const csv = ['sku,title,price', ...lines].join('\n');
    const { id } = await does(seller, 'importProducts', { shopId: shop.id, csv }, { lineCount: 5_000 });
    const { doneCount } = await does(seller, 'cancelProductImport', id, {
      ...{ state: 'CANCELLED', doneCount: expect.any(Number), endedAt: expect.any(String) },
    });
    expect(doneCount).toBeLessThan(5_000);
  });
}
