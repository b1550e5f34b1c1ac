/**
 * The four subgraphs, in Federation 1 syntax: it is the one dialect that every peer reads, so all of them get the very
 * same subgraphs. `@requires` is in there because it is what costs a planner an extra step.
 */
export const subgraphSchemas = {
  accounts: /* GraphQL */ `
    extend type Query {
      users(page: Int!, size: Int!): [User!]!
    }

    type User @key(fields: "id") {
      id: ID!
      username: String!
      name: String!
      birthday: String!
      country: String!
    }
  `,
  products: /* GraphQL */ `
    extend type Query {
      bestsellers(page: Int!, size: Int!): [Product!]!
    }

    type Product @key(fields: "upc") {
      upc: ID!
      name: String!
      category: String!
      price: Int!
      weight: Int!
    }
  `,
  inventory: /* GraphQL */ `
    extend type Product @key(fields: "upc") {
      upc: ID! @external
      price: Int! @external
      weight: Int! @external
      inStock: Boolean!
      warehouse: String!
      shippingEstimate: Int! @requires(fields: "price weight")
    }
  `,
  reviews: /* GraphQL */ `
    type Review @key(fields: "id") {
      id: ID!
      body: String!
      rating: Int!
      author: User!
      product: Product!
    }

    extend type User @key(fields: "id") {
      id: ID! @external
      reviews(first: Int!): [Review!]!
    }

    extend type Product @key(fields: "upc") {
      upc: ID! @external
      reviews(first: Int!): [Review!]!
    }
  `,
};

/** The same graph as one schema, without federation. What it answers is right by definition. */
export const wholeSchema = /* GraphQL */ `
  type Query {
    users(page: Int!, size: Int!): [User!]!
    bestsellers(page: Int!, size: Int!): [Product!]!
  }

  type User {
    id: ID!
    username: String!
    name: String!
    birthday: String!
    country: String!
    reviews(first: Int!): [Review!]!
  }

  type Product {
    upc: ID!
    name: String!
    category: String!
    price: Int!
    weight: Int!
    inStock: Boolean!
    warehouse: String!
    shippingEstimate: Int!
    reviews(first: Int!): [Review!]!
  }

  type Review {
    id: ID!
    body: String!
    rating: Int!
    author: User!
    product: Product!
  }
`;
