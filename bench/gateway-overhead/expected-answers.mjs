import { buildSchema, execute, parse, validate } from 'graphql';
import { createCatalogue, pageOf } from './subgraphs/catalogue.mjs';
import { shippingEstimate } from './subgraphs/resolvers.mjs';
import { wholeSchema } from './subgraphs/schemas.mjs';

/**
 * What each page of an operation must answer, found without any federation: one plain graphql-js schema over the same
 * shop. Neither a gateway nor the mock subgraphs' own executor has a part in it.
 *
 * @returns {object[]} the `data` of every page
 */
export function expectedAnswers(operation, { seed, variety, pages }) {
  const schema = buildSchema(wholeSchema);
  const document = parse(operation);
  const faults = validate(schema, document);
  if (faults.length > 0) throw new AggregateError(faults, 'the operation does not fit the schema');
  const rootValue = createRoot(createCatalogue({ seed, variety, pages }));
  return Array.from({ length: pages }, (_, page) => {
    const { data, errors } = execute({ schema, document, rootValue, variableValues: { page } });
    if (errors) throw new AggregateError(errors, `page ${page} has no expected answer`);
    return JSON.parse(JSON.stringify(data));
  });
}

function createRoot(catalogue) {
  const user = (row) => ({ ...row, reviews: ({ first }) => reviewsOf(catalogue.reviewsByAuthor.get(row.id), first) });
  const product = (row) => ({
    ...row,
    shippingEstimate: shippingEstimate(row),
    reviews: ({ first }) => reviewsOf(catalogue.reviewsByProduct.get(row.upc), first),
  });
  const reviewsOf = (rows = [], first) =>
    rows.slice(0, first).map((row) => ({
      ...row,
      author: () => user(catalogue.userById.get(row.authorId)),
      product: () => product(catalogue.productByUpc.get(row.upc)),
    }));
  return {
    users: ({ page, size }) => pageOf(catalogue.users, page, size).map(user),
    bestsellers: ({ page, size }) => pageOf(catalogue.products, page, size).map(product),
  };
}
