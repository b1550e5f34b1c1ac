import type { CommerceWork } from '../context.ts';
import { slugOf } from '../shop/slug.ts';
import { type DemoShop, demoCategories, demoShops, productsOf } from './demo.catalogue.ts';

/** Somebody of the demo, as identity knows them. */
export interface DemoPerson {
  readonly userId: string;
  readonly organizationId: string;
}

export type DemoPeople = Readonly<Record<DemoShop['owner'], DemoPerson>>;

const SHOP = `
insert into shop (id, organization_id, owner_id, name, slug, description, currency, country, tax_rate, prices_include_tax,
  commission_rate, state, created_at, updated_at, opened_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, true, ?, 'OPEN', ?, ?, ?)`;

const CATEGORY = `
insert into category (id, parent_id, name, slug, path, position, created_at, updated_at)
values (?, ?, ?, ?, ?::uuid[], ?, ?, ?)`;

/** All of a shop at once: through the use-cases some hundred products would take as long as everything else together. */
const PRODUCTS = `
with given as materialized (
  select given.*, shop.id as shop_id, shop.organization_id, shop.currency, ?::timestamptz - days_old * interval '1 day' as made
  from jsonb_to_recordset(?::jsonb) as given (id uuid, category_id uuid, path uuid[], title text, slug text,
    description text, brand text, status text, days_old integer, option text, variants jsonb), shop
  where shop.id = ?
), products as (
  insert into product (id, shop_id, organization_id, category_id, category_path, title, slug, description, brand,
    attributes, status, shop_open, currency, lowest_price, created_at, updated_at, published_at)
  select id, shop_id, organization_id, category_id, path, title, slug, description, brand, '{}', status, true, currency,
    (select min((variant ->> 'price')::bigint) from jsonb_array_elements(variants) as variant), made, made,
    case status when 'DRAFT' then null else made end
  from given
), kinds as materialized (
  select given.*, variant.* from given, jsonb_to_recordset(variants) as variant (variant_id uuid, level_id uuid,
    movement_id uuid, sku text, choice text, price bigint, stock integer, place integer)
), variants as (
  insert into product_variant (id, product_id, shop_id, organization_id, sku, title, options, price, currency, active,
    position, created_at, updated_at)
  select variant_id, id, shop_id, organization_id, sku, choice, jsonb_build_object(option, choice), price, currency, true,
    place, made, made
  from kinds
), levels as (
  insert into stock_level (id, variant_id, shop_id, organization_id, on_hand, low_stock_threshold, last_sequence,
    created_at, updated_at)
  select level_id, variant_id, shop_id, organization_id, stock, 5, case when stock > 0 then 1 end, made, made from kinds
)
insert into stock_movement (id, variant_id, shop_id, organization_id, sequence, quantity, on_hand_before, on_hand_after,
  reason, created_at)
select movement_id, variant_id, shop_id, organization_id, 1, stock, 0, stock, 'RECEIVED', made from kinds where stock > 0`;

/** Writes the shops of the demo, the categories and all that is sold. Needs a transaction of the system. */
export async function writeCatalogue(work: CommerceWork, people: DemoPeople): Promise<void> {
  const categories = await writeCategories(work);
  for (const shop of demoShops) await writeShop(work, shop, people[shop.owner], categories);
}

async function writeCategories(work: CommerceWork): Promise<ReadonlyMap<string, readonly string[]>> {
  const paths = new Map<string, readonly string[]>();
  for (const [position, [name, parent]] of demoCategories.entries()) {
    const id = work.newId();
    const above = parent ? paths.get(parent)! : [];
    const path = [...above, id];
    paths.set(name, path);
    const now = work.now();
    const values = [
      id,
      above.at(-1) ?? null,
      name,
      `demo-${slugOf(name, 55)}`,
      `{${path.join(',')}}`,
      position,
      now,
      now,
    ];
    await work.em.execute(CATEGORY, values, 'run');
  }
  return paths;
}

async function writeShop(
  work: CommerceWork,
  shop: DemoShop,
  { userId, organizationId }: DemoPerson,
  categories: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const id = work.newId();
  const now = work.now();
  const { name, slug, description, currency, country, taxRate } = shop;
  const settings = [name, slug, description, currency, country, taxRate, work.services.commissionRate];
  await work.em.execute(SHOP, [id, organizationId, userId, ...settings, now, now, now], 'run');
  const products = productsOf(shop).map(({ daysOld, variants, category, ...product }, index) => ({
    ...product,
    id: work.newId(),
    category_id: categories.get(category)!.at(-1),
    path: `{${categories.get(category)!.join(',')}}`,
    slug: slugOf(product.title, 100),
    days_old: daysOld,
    option: shop.option,
    variants: variants.map((variant, place) => ({
      ...{ ...variant, place, variant_id: work.newId(), level_id: work.newId(), movement_id: work.newId() },
      sku: `${slug.slice(0, 3).toUpperCase()}-${1_000 + index}-${place + 1}`,
    })),
  }));
  await work.em.execute(PRODUCTS, [now, JSON.stringify(products), id], 'run');
}
