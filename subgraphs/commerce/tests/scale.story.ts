import pg from 'pg';
import { seedScale } from '../src/scale/seed-scale.ts';
import type { TestCommerce } from './story.ts';

/** Fills the catalogue as `npm run db:seed -- --scale` does. @returns how many products that added */
export async function seedFor({ database }: TestCommerce, products: number): Promise<number> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await seedScale(client, products, () => {});
  } finally {
    await client.end();
  }
}

/** What can be asked for. */
export async function attributesOfAll({ runtime }: TestCommerce) {
  const listOf = (sql: string) =>
    runtime.asSystem(async ({ em }) => (await em.execute<{ one: string }[]>(sql)).map(({ one }) => one));
  return {
    shops: await listOf('select shop_id as one from listed_product group by 1 order by count(*) desc, 1'),
    categories: await listOf('select id as one from category order by parent_id nulls first, position'),
    brands: await listOf(
      'select brand as one from listed_product where brand is not null group by 1 order by count(*) desc, 1',
    ),
    words: await listOf(
      `select distinct lower(w) as one from listed_product, regexp_split_to_table(title, ' ') w order by 1`,
    ),
  };
}

/** Has the database take the catalogue for so many times as large as it is. */
export async function pretend({ database }: TestCommerce, times: number): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('alter table commerce.product set (autovacuum_enabled = off)');
    await client.query(
      `update pg_class set reltuples = $1::float4 * (select count(*) from commerce.product) where oid = 'commerce.product'::regclass`,
      [times],
    );
  } finally {
    await client.end();
  }
}
