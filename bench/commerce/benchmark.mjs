import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArguments, UsageError } from '../arguments.mjs';
import { Child, freePort } from '../process/child.mjs';
import { describeMachine, keepResult } from '../results.mjs';
import { readGoods, startCatalogues } from './database.mjs';
import { countStatements, measure } from './measure.mjs';
import { operations } from './operations.mjs';
import { formatReport, summarise } from './report.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The rates of one address, which all the shoppers of a benchmark come from. */
const UNLIMITED = {
  REQUESTS_PER_ADDRESS: '1000000000',
  COST_PER_MINUTE: '1000000000',
  RATE_LIMITS: 'Mutation.addToCart=off,Mutation.checkoutComplete=off',
};

/** Runs the benchmark and returns the exit code: 1 when an answer was wrong or search grew more than it may. */
export async function run(given) {
  const options = readArguments(given, {
    products: { default: 1_000_000 },
    small: { default: 10_000 },
    seconds: { default: 5 },
    warmup: { default: 2 },
    rounds: { default: 3 },
    connections: { default: 4 },
    operations: { default: Object.keys(operations), choices: Object.keys(operations) },
  });
  if (!existsSync(here('../../standalone/dist/main.js'))) throw new UsageError('run `npm run build` first');
  const machine = describeMachine();
  const { catalogues, stop } = await startCatalogues([options.small, options.products]);
  const started = [{ stop }];
  try {
    for (const catalogue of catalogues) {
      Object.assign(catalogue, await readGoods(catalogue.url), { product: await startProduct(catalogue) });
      started.push(catalogue.product);
      catalogue.graphUrl = await catalogue.product.receive();
    }
    const sections = [];
    for (const name of options.operations) sections.push(await measureOperation(name, catalogues, options));
    const seeds = catalogues.map(({ products, seedSeconds }) => ({ products, seedSeconds }));
    const result = { benchmark: 'commerce', machine, options, seeds, sections };
    console.log(formatReport(result));
    console.log(`\nkept in ${keepResult('commerce', result)}`);
    return sections.every(({ isRight, isFlat }) => isRight && isFlat) ? 0 : 1;
  } finally {
    for (const part of started.toReversed()) await part.stop();
  }
}

async function startProduct({ url, folder, products }) {
  return new Child(here('./product.mjs'), {
    environment: {
      ...UNLIMITED,
      PORT: String(await freePort()),
      DATABASE_URL: url,
      DATA_FOLDER: `${folder}/data-${products}`,
      SUPERGRAPH_FILE: here('../../schema/supergraph.graphql'),
      DEMO_DATA: 'off',
      DATABASE_CONNECTIONS: '120',
    },
  });
}

/** The catalogues take turns, so that both meet the same noise. */
async function measureOperation(name, catalogues, { rounds, seconds, warmup, connections }) {
  const operation = operations[name];
  const statements = new Map();
  for (const catalogue of catalogues) {
    const { graphUrl: url, product, products } = catalogue;
    await measure(operation, { url, catalogue, seconds: warmup, connections, seed: 0 });
    statements.set(products, await countStatements(operation, { url, catalogue, product, times: 12, seed: 7 }));
  }
  const outcomes = new Map(catalogues.map(({ products }) => [products, []]));
  for (let seed = 1; seed <= rounds; seed += 1) {
    for (const catalogue of catalogues) {
      const outcome = await measure(operation, { url: catalogue.graphUrl, catalogue, seconds, connections, seed });
      outcomes.get(catalogue.products).push(outcome);
    }
  }
  return summarise(name, outcomes, statements);
}
