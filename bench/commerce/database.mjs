import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/**
 * Catalogues of several sizes on one PostgreSQL of their own, as `npm run db:seed -- --scale` makes them.
 *
 * @param {number[]} sizes
 */
export async function startCatalogues(sizes) {
  const { startEmbeddedDatabase } = await import('../../embedded-database/dist/index.js');
  const { migrate } = await import('../../subgraph-kit/dist/index.js');
  const { migrationPlans } = await import('../../standalone/dist/supergraph.js');
  const { seedScale } = await import('../../subgraphs/commerce/dist/scale/seed-scale.js');
  const { progressLine } = await import('../../standalone/dist/progress.line.js');
  // On disk: a temporary folder of the database's own would be in memory.
  const folder = mkdtempSync(join(tmpdir(), 'commerce-'));
  const server = await startEmbeddedDatabase({
    folder: join(folder, 'postgres'),
    settings: { max_connections: '300', shared_buffers: '1GB' },
  });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const catalogues = [];
    for (const products of sizes) {
      const url = await createDatabase(server.url, `commerce_${products}`);
      await migrate(url, migrationPlans);
      const startedAt = performance.now();
      await withClient(url, (client) => seedScale(client, products, progressLine(process.stderr)));
      catalogues.push({ products, url, seedSeconds: (performance.now() - startedAt) / 1_000, folder });
    }
    return { catalogues, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What can be bought and looked at: some of the best selling and some of the rest. */
export function readGoods(url) {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `select product.id, variant.id as "variantId", variant.price::float8 as price, variant.currency
         from commerce.listed_product product
         join commerce.product_variant variant on variant.product_id = product.id and variant.position = 1
         join commerce.stock_level level on level.variant_id = variant.id and level.available > 20
         join commerce.shop on shop.id = product.shop_id and shop.prices_include_tax
        where product.id in (
          (select id from commerce.listed_product order by sold_count desc, id desc limit 1500)
          union (select id from commerce.listed_product order by published_at desc, id desc limit 1500)
        ) and product.currency = 'USD' order by product.id`,
    );
    const { rows: categories } = await client.query(`select id, name from commerce.category`);
    return { goods: rows, categories: Object.fromEntries(categories.map(({ id, name }) => [name, id])) };
  });
}

async function createDatabase(serverUrl, name) {
  await withClient(serverUrl, (client) => client.query(`create database ${name}`));
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}

async function withClient(url, work) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
