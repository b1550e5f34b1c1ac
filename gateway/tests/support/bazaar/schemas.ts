const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides",
  "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject"])\n`;

/** Everything federation has that makes a plan or an answer hard, in six subgraphs. */
export const bazaarSchemas = {
  catalogue: `${LINK}
    type Query {
      products(first: Int = 5): [Product!]!
      product(upc: ID!): Product
      maybeProducts: [Product]
      matrix: [[Product]!]
      numbers: [[Int!]]!
      editions: [Product!]
      search: [SearchResult]
      media: [Media!]!
      medium(id: ID!): Media
      nodes: [Node]
      price: Money! @shareable
      settings: Settings @shareable
      counters(from: Float): Counters
    }
    type Mutation { rename(upc: ID!, name: String!): Product! discard(upc: ID!): Product removeAll: Boolean! }
    interface Node { id: ID! }
    interface Media @key(fields: "id") { id: ID! title: String }
    union SearchResult = Product | Book | Shop
    type Product implements Node @key(fields: "upc") @key(fields: "sku brand { code }") {
      id: ID! upc: ID! sku: String! brand: Brand! name: String! @shareable
      price(currency: Currency! = EUR): Money weight: Int status: Status statuses: [Status!]
      dimensions: Dimensions parts: [Part!] grid: [[Part]] shop: Shop warehouse: String related: [Product!]
    }
    type Brand @shareable { code: ID! country: String }
    type Book implements Media & Node @key(fields: "id") { id: ID! title: String pages: Int! sequel: Book }
    type Film implements Media & Node @key(fields: "id") { id: ID! title: String minutes: Int! adapts: Media }
    type Shop implements Node @key(fields: "id") { id: ID! }
    type Money @shareable { amount: Int! currency: Currency! }
    type Dimensions @shareable { size: Size label: String }
    type Size @shareable { width: Int! height: Int }
    type Settings @shareable { theme: String nested: Nested }
    type Nested @shareable { left: Int }
    type Part @shareable { code: ID! weight: Int }
    type Counters { int: Int float: Float id: ID flag: Boolean text: String any: Anything anyRequired: Anything! }
    scalar Anything
    enum Currency { EUR USD }
    enum Status { ON_SALE GONE SECRET @inaccessible }`,

  inventory: `${LINK}
    type Query { settings: Settings @shareable }
    type Product @key(fields: "upc") {
      upc: ID! weight: Int @external price(currency: Currency! = EUR): Money @external
      dimensions: Dimensions @external parts: [Part!] @external status: Status @external
      stock: Int! reserved: Int
      warehouse: String @override(from: "catalogue")
      shippingEstimate(express: Boolean! = false): Int
        @requires(fields: "weight price(currency: USD) { amount } dimensions { size { width height } }")
      heaviestPart: String @requires(fields: "parts { code weight }")
      isOnSale: Boolean @requires(fields: "status")
      depot: Depot
      label: Label @shareable
    }
    type Label @shareable { front: String }
    type Depot { city: String! shelves: [Shelf!]! }
    type Shelf { row: Int! product: Product! }
    type Money @shareable { amount: Int! currency: Currency! }
    type Dimensions @shareable { size: Size label: String }
    type Size @shareable { width: Int! height: Int }
    type Settings @shareable { theme: String volume: Int nested: Nested }
    type Nested @shareable { left: Int right: Int }
    type Part { code: ID! @external weight: Int @external }
    enum Currency { EUR USD }
    enum Status { ON_SALE GONE SECRET @inaccessible }`,

  reviews: `${LINK}
    type Query { reviews: [Review!] review(id: ID!): Review }
    type Mutation { addReview(upc: ID!, body: String!): Review! }
    type Product @key(fields: "sku brand { code }") {
      sku: String! brand: Brand! name: String! @external reviews(first: Int): [Review!] bestReview: Review! label: Label @shareable
    }
    type Label @shareable { back: String }
    type Brand @shareable { code: ID! }
    type Review @key(fields: "id") {
      id: ID! body: String! rating: Int
      product: Product! @provides(fields: "name")
      author: Person
      guest: Visitor
      replies: [Review]!
    }
    union Visitor = Person | Stranger
    type Stranger { nickname: String! }
    type Person @key(fields: "handle", resolvable: false) { handle: String }`,

  people: `${LINK}
    type Query { people: [Person] me: Person! }
    type Person @key(fields: "handle") @key(fields: "id tenant { id }") {
      handle: String id: ID! tenant: Tenant! name: String! email: String friends: [Person!] rank: Int!
    }
    type Tenant { id: ID! label: String }`,

  tenancy: `${LINK}
    type Person @key(fields: "id tenant { id }") { id: ID! tenant: Tenant! quota: Int! notes: [String] favourite: Product }
    type Tenant @shareable { id: ID! }
    type Product @key(fields: "upc", resolvable: false) { upc: ID! }`,

  ratings: `${LINK}
    type Query { topRated: [Media] }
    type Media @key(fields: "id") @interfaceObject { id: ID! score: Int! critics: [Critic] }
    type Critic { name: String! verdict: String }
    type Shop @key(fields: "id") { id: ID! label: String stars: Int! }`,
};

export type BazaarSubgraph = keyof typeof bazaarSchemas;
