import { readOffers } from '../cart/cart.offers.ts';
import { readPromotions } from '../cart/cart.promotions.ts';
import { summarizeCart } from '../cart/summarize-cart.ts';
import type { CommerceWork } from '../context.ts';
import { demoShops } from './demo.catalogue.ts';
import { type DemoOrder, demoOrders, demoPromotions } from './demo.orders.ts';
import { as, type CommerceRuntime } from './demo.people.ts';
import { finishOrder } from './finish-order.ts';
import { type DemoPeople, type DemoPerson, writeCatalogue } from './write-catalogue.ts';

const ADDRESS = {
  name: 'Emmy Noether',
  line1: 'Bahnhofstrasse 1',
  postalCode: '91054',
  city: 'Erlangen',
  country: 'DE',
};

const LOCK = `select pg_advisory_xact_lock(hashtext('commerce demo'))`;

/**
 * Makes the demo's shops, what they sell, and orders in every state, unless they are there. Safe to run at any time and in
 * several processes: whoever writes the catalogue also makes the orders.
 */
export async function seedDemo(runtime: CommerceRuntime, people: DemoPeople): Promise<void> {
  const isNew = await runtime.asSystem((work) =>
    work.transaction(async () => {
      await work.em.execute(LOCK);
      const [found] = await work.em.execute<object[]>('select from shop where slug = ?', [demoShops[0]!.slug]);
      if (found) return false;
      await writeCatalogue(work, people);
      return true;
    }),
  );
  if (!isNew) return;
  await makePromotions(runtime, people);
  for (const order of demoOrders) await make(runtime, people, order);
}

async function makePromotions(runtime: CommerceRuntime, people: DemoPeople): Promise<void> {
  for (const { shop: slug, ...promotion } of demoPromotions) {
    const { owner } = demoShops.find((shop) => shop.slug === slug)!;
    const shopId = await oneOf(runtime, 'select id from shop where slug = ?', [slug]);
    await as(runtime, people[owner], ({ createPromotion }) => createPromotion({ shopId, ...promotion }));
  }
}

async function make(runtime: CommerceRuntime, people: DemoPeople, order: DemoOrder): Promise<void> {
  const buyer = people[order.buyer];
  const things = await choose(runtime, order);
  for (const [index, variantId] of things.entries()) {
    const quantity = order.quantities[index]!;
    await as(runtime, buyer, ({ addToCart }) => addToCart({ variantId, quantity }));
  }
  const { promotion: code, paymentMethod } = order;
  if (code) await as(runtime, buyer, ({ applyPromotion }) => applyPromotion({ code }));
  if (!paymentMethod) return;
  const { id: cartId, total } = await runtime.asSystem((work) => agree(work, buyer));
  const expectedTotal = { ...total, toMoney: () => total };
  await as(runtime, buyer, ({ completeCheckout }) =>
    completeCheckout({
      ...{ expectedTotal, email: 'customer@example.com', shippingAddress: ADDRESS, paymentMethod },
      idempotencyKey: `demo ${cartId}`,
    }),
  );
  await finishOrder({ runtime, people, buyer }, order, cartId);
}

/** Things there is enough of, spread over the catalogue. */
async function choose(runtime: CommerceRuntime, { currency, quantities, buyer }: DemoOrder): Promise<string[]> {
  const rows = await runtime.asSystem(({ em }) =>
    em.execute<{ id: string }[]>(
      `select variant.id from product_variant variant
       join listed_product product on product.id = variant.product_id
       join stock_level level on level.variant_id = variant.id
       where variant.currency = ? and product.slug not like 'product-%' and level.available >= 3
       order by md5(variant.sku || ?) limit ?`,
      [currency, buyer, quantities.length],
    ),
  );
  return rows.map(({ id }) => id);
}

/** What a buyer is shown before they buy. */
async function agree(work: CommerceWork, { userId }: DemoPerson) {
  const { em } = work;
  const [cart] = await em.execute<{ id: string }[]>(`select id from cart where user_id = ? and state = 'ACTIVE'`, [
    userId,
  ]);
  const { id } = cart!;
  const promotions = (await readPromotions(em, [id])).get(id) ?? [];
  const { totals } = summarizeCart(await readOffers(em, [id]), promotions, work.now());
  return { id, total: totals!.total };
}

async function oneOf(runtime: CommerceRuntime, sql: string, params: readonly string[]): Promise<string> {
  const [row] = await runtime.asSystem(({ em }) => em.execute<{ id: string }[]>(sql, [...params]));
  return row!.id;
}
