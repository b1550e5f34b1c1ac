import { parseArgs } from 'node:util';
import { seedScale } from '@supergraph/commerce/scale';
import { migrate } from '@supergraph/subgraph-kit';
import pg from 'pg';
import { openDatabase } from './database.ts';
import { readEnvironment, type StandaloneEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { optionsOf } from './options.ts';
import { progressLine } from './progress.line.ts';
import { migrationPlans, startSupergraph } from './supergraph.ts';

const MILLION = 1_000_000;

/** Demo content comes from use-cases and from the events they cause, so everything has to run for a moment. */
async function seedDemo(environment: StandaloneEnvironment, databaseUrl: string): Promise<void> {
  const options = await optionsOf(environment, databaseUrl);
  const supergraph = await startSupergraph({ ...options, host: '127.0.0.1', port: 0, demoData: true });
  process.stdout.write(greeting(supergraph));
  await supergraph.stop();
}

/** A catalogue to see how everything does with so many products. */
async function seedCatalogue(databaseUrl: string, products: number): Promise<void> {
  await migrate(databaseUrl, migrationPlans);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const added = await seedScale(client, products, progressLine(process.stderr));
    process.stdout.write(`Added ${added.toLocaleString('en')} products\n`);
  } finally {
    await client.end();
  }
}

/** @throws for what is no number of products */
function readArguments(given: readonly string[]): { readonly products: number | undefined } {
  const { values } = parseArgs({
    args: [...given],
    options: { scale: { type: 'boolean', default: false }, products: { type: 'string' } },
  });
  const products = Number(values.products ?? MILLION);
  if (!Number.isInteger(products) || products < 1 || products > 10 * MILLION) {
    throw new Error(`--products is a whole number from 1 to 10,000,000, not ${values.products}`);
  }
  if (values.products !== undefined && !values.scale) throw new Error('--products goes with --scale');
  return { products: values.scale ? products : undefined };
}

try {
  const { products } = readArguments(process.argv.slice(2));
  const environment = readEnvironment();
  const database = await openDatabase(environment);
  try {
    if (products === undefined) await seedDemo(environment, database.url);
    else await seedCatalogue(database.url, products);
  } finally {
    await database.stop();
  }
} catch (error) {
  process.stderr.write(`\nCannot seed: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
