import { pageOf } from './catalogue.mjs';
import { subgraphSchemas } from './schemas.mjs';

/** What shipping costs, in cents. Free from 1000.00 on; that the price matters is what makes `@requires` necessary. */
export function shippingEstimate({ price, weight }) {
  return price >= 100_000 ? 0 : 250 + Math.ceil(weight / 4);
}

const user = (id) => ({ __typename: 'User', id });
const product = (upc) => ({ __typename: 'Product', upc });
const firstOf = (reviews, { first }) => reviews?.slice(0, first) ?? [];

/**
 * Resolvers per subgraph: `fields` by type and field (a missing one reads the property of that name), `references` by
 * type, from a representation to the entity, or `null` when there is none.
 */
export function createResolvers(catalogue) {
  return {
    accounts: {
      fields: { Query: { users: (_, { page, size }) => pageOf(catalogue.users, page, size) } },
      references: { User: ({ id }) => catalogue.userById.get(id) ?? null },
    },
    products: {
      fields: { Query: { bestsellers: (_, { page, size }) => pageOf(catalogue.products, page, size) } },
      references: { Product: ({ upc }) => catalogue.productByUpc.get(upc) ?? null },
    },
    inventory: {
      fields: { Product: { shippingEstimate } },
      references: {
        // Price and weight are taken from the representation and nowhere else: a gateway that does not send them fails.
        Product: ({ upc, price, weight }) => {
          const { inStock, warehouse } = catalogue.productByUpc.get(upc) ?? {};
          return warehouse === undefined ? null : { ...product(upc), price, weight, inStock, warehouse };
        },
      },
    },
    reviews: {
      fields: {
        Review: { author: ({ authorId }) => user(authorId), product: ({ upc }) => product(upc) },
        User: { reviews: ({ id }, page) => firstOf(catalogue.reviewsByAuthor.get(id), page) },
        Product: { reviews: ({ upc }, page) => firstOf(catalogue.reviewsByProduct.get(upc), page) },
      },
      references: {
        Review: ({ id }) => catalogue.reviewById.get(id) ?? null,
        User: ({ id }) => user(id),
        Product: ({ upc }) => product(upc),
      },
    },
  };
}

/** Adds what every subgraph answers: its own schema, and its entities by representation. */
export function withFederation(name, { fields, references }) {
  return {
    ...fields,
    Query: {
      ...fields.Query,
      _service: () => ({ __typename: '_Service', sdl: subgraphSchemas[name] }),
      _entities: (_, { representations }) =>
        representations.map((representation) => references[representation.__typename](representation)),
    },
  };
}
