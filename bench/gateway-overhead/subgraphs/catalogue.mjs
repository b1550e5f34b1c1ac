const COUNTRIES = ['AT', 'BR', 'DE', 'ES', 'FR', 'IN', 'JP', 'NL', 'SE', 'US'];
const CATEGORIES = ['chairs', 'desks', 'lamps', 'shelves', 'sofas', 'tables'];
const WAREHOUSES = ['Graz', 'Leipzig', 'Lyon', 'Porto', 'Utrecht'];
const REVIEWS_PER_USER = 6;

// Quotes, line breaks and letters beyond ASCII are in there on purpose: a gateway that only handles plain text is caught.
const WORDS =
  'solid light heavy quiet bright oak steel linen “soft” "sturdy" arrived late early broken spotless returned kept again never always très schön größer naïve 椅子 works\nbarely worth every cent paid for my office kitchen garden balcony'.split(
    ' ',
  );

/** Everything a page shows, so that two pages of varied data share next to nothing. */
export const PAGE_SIZE = 10;

/**
 * The shop behind the mock subgraphs: users, products and the reviews between them.
 *
 * `varied` gives every page its own users and products and spreads reviews over all of them. `repeated` has one page of
 * people reviewing the same five products, which is what demo data usually looks like and what flatters every cache.
 * The same seed gives the same shop in every process.
 *
 * @param {{ seed: number, variety: 'varied' | 'repeated', pages: number }} options
 */
export function createCatalogue({ seed, variety, pages }) {
  const random = createRandom(seed);
  const userCount = variety === 'varied' ? pages * PAGE_SIZE : PAGE_SIZE;
  const productCount = variety === 'varied' ? pages * PAGE_SIZE : 5;
  const users = Array.from({ length: userCount }, (_, index) => createUser(random, index));
  const products = Array.from({ length: productCount }, (_, index) => createProduct(random, index));
  const reviews = users.flatMap((user, index) =>
    Array.from({ length: REVIEWS_PER_USER }, (_, nth) => {
      const product = random.pick(products);
      return createReview(random, `r${index * REVIEWS_PER_USER + nth}`, user.id, product.upc);
    }),
  );
  return {
    users,
    products,
    userById: new Map(users.map((user) => [user.id, user])),
    productByUpc: new Map(products.map((product) => [product.upc, product])),
    reviewById: new Map(reviews.map((review) => [review.id, review])),
    reviewsByAuthor: Map.groupBy(reviews, (review) => review.authorId),
    reviewsByProduct: Map.groupBy(reviews, (review) => review.upc),
  };
}

/** One page of a list; a page past the end starts over, so that repeated data answers every page alike. */
export function pageOf(rows, page, size) {
  const start = (page * PAGE_SIZE) % rows.length;
  return rows.slice(start, start + size);
}

function createUser(random, index) {
  const name = `${random.word()} ${random.word()} ${index}`;
  return {
    __typename: 'User',
    id: `u${index}`,
    username: `user-${index}-${random.integer(1_000_000)}`,
    name,
    birthday: `19${50 + random.integer(50)}-0${1 + random.integer(9)}-1${random.integer(10)}`,
    country: random.pick(COUNTRIES),
  };
}

function createProduct(random, index) {
  return {
    __typename: 'Product',
    upc: `p${index}`,
    name: random.text(3),
    category: random.pick(CATEGORIES),
    price: 500 + random.integer(200_000),
    weight: 100 + random.integer(40_000),
    warehouse: random.pick(WAREHOUSES),
    inStock: random.integer(4) > 0,
  };
}

function createReview(random, id, authorId, upc) {
  return {
    __typename: 'Review',
    id,
    body: random.text(8 + random.integer(16)),
    rating: 1 + random.integer(5),
    authorId,
    upc,
  };
}

/** Mulberry32: small, fast, and the same on every machine. */
function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[integer(list.length)];
  const word = () => pick(WORDS);
  const text = (length) => Array.from({ length }, word).join(' ');
  return { integer, pick, word, text };
}
