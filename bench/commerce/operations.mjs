import { randomUUID } from 'node:crypto';

const MONEY = '{ amount currency }';
const CARD = `id title slug brand rating ratingCount lowestPrice ${MONEY} images { url }`;

/** A page of a storefront in one query. */
const STOREFRONT = /* GraphQL */ `
  query Storefront($id: ID!) {
    product(id: $id) {
      ${CARD} description attributes { name value }
      category { id name }
      shop { id name slug description }
      variants { id title price ${MONEY} }
      reviews(first: 5) { edges { node { id rating title body authorName } } }
      related { ${CARD} shop { name } }
    }
  }
`;

const SEARCH = /* GraphQL */ `
  query Search($filter: ProductFilter, $sort: ProductSort!) {
    products(filter: $filter, sort: $sort, first: 20) {
      totalCount
      edges { node { ${CARD} shop { name } } }
      pageInfo { hasNextPage endCursor }
      facets {
        isComplete
        categories { count category { name } }
        brands { value count }
        prices { lowest ${MONEY} highest ${MONEY} count }
        attributes { name values { value count } }
      }
    }
  }
`;

const ADD = /* GraphQL */ `
  mutation Add($input: CartItemInput!) {
    addToCart(input: $input) { token cart { id items { quantity } totals { total ${MONEY} } } }
  }
`;

const CHECKOUT = /* GraphQL */ `
  mutation Buy($input: CheckoutInput!) {
    checkoutComplete(input: $input) {
      kind: __typename
      ... on CheckoutCompleted {
        order {
          id
          number
          state
        }
      }
    }
  }
`;

const address = { name: 'Ada Lovelace', line1: '1 Main Street', postalCode: '10001', city: 'New York', country: 'US' };

/**
 * What somebody does: each is given the graph and what there is, and throws when the answer is wrong. `queries` are the
 * requests it takes.
 */
export const operations = {
  storefront: async (graph, { goods }, random) => {
    const { product } = await graph(STOREFRONT, { id: pick(goods, random).id });
    if (!product?.shop || product.variants.length === 0) throw new Error('half a page');
  },
  search: async (graph, catalogue, random) => {
    const { products } = await graph(SEARCH, searchFor(catalogue, random));
    if (products.edges.length > products.totalCount) throw new Error('more found than there is');
  },
  'add to cart': async (graph, { goods }, random) => {
    await addToCart(graph, pick(goods, random));
  },
  checkout: async (graph, { goods }, random) => {
    const { token, cart } = await addToCart(graph, pick(goods, random));
    const { checkoutComplete } = await graph(CHECKOUT, {
      input: {
        ...{ token, email: 'ada@example.com', shippingAddress: address, paymentMethod: 'test_card' },
        ...{ expectedTotal: cart.totals.total, idempotencyKey: randomUUID() },
      },
    });
    // The last of something is sold before the others: no fault of whoever came late.
    if (!['CheckoutCompleted', 'OutOfStock'].includes(checkoutComplete.kind)) throw new Error(checkoutComplete.kind);
  },
};

async function addToCart(graph, { variantId }) {
  const { addToCart: added } = await graph(ADD, { input: { variantId, quantity: 1 } });
  if (added.cart.items.length !== 1) throw new Error('not in the cart');
  return added;
}

const pick = (values, random) => values[Math.floor(random() * values.length)];

const SORTS = ['RELEVANCE', 'BEST_SELLING', 'NEWEST', 'RATING', 'PRICE_ASC', 'PRICE_DESC'];
const COMMON = ['the', 'quality', 'classic', 'premium', 'cotton', 'home'];
const THINGS = [
  'headphones',
  'laptop',
  'chair',
  'lamp',
  'kettle',
  'shirt',
  'watch',
  'tent',
  'coffee',
  'perfume',
  'cable',
];
const SLIPS = ['hedphones', 'lapttop', 'kettel', 'perfumme', 'cofee'];
const COLOURS = ['black', 'white', 'grey', 'teal', 'gold'];
const SHELVES = ['Audio', 'Kitchen', 'Fashion', 'Furniture', 'Books', 'Electronics'];

/** Filtered, sorted and with facets, as people do: words that are everywhere, things, beginnings, slips, and few filters. */
export function searchFor({ categories }, random) {
  const kind = random();
  const text =
    kind < 0.15
      ? pick(COMMON, random)
      : kind < 0.5
        ? pick(THINGS, random)
        : kind < 0.65
          ? `${pick(COMMON, random)} ${pick(THINGS, random)}`
          : kind < 0.75
            ? pick(THINGS, random).slice(0, 4)
            : kind < 0.8
              ? pick(SLIPS, random)
              : undefined;
  const price = Math.floor(2_000 + random() * 8_000);
  const filter = {
    ...(text && { text }),
    currency: 'USD',
    ...(random() < 0.3 && { categoryId: categories[pick(SHELVES, random)] }),
    ...(random() < 0.3 && { minPrice: price, maxPrice: price * 3 }),
    ...(random() < 0.2 && { minRating: 4 }),
    ...(random() < 0.3 && { attributes: [{ name: 'colour', values: [pick(COLOURS, random), pick(COLOURS, random)] }] }),
  };
  return { filter, sort: pick(SORTS, random) };
}
