const PRODUCT_CARD = /* GraphQL */ `
  fragment ProductCard on Product {
    upc
    name
    category
    price
    weight
    inStock
    warehouse
    shippingEstimate
  }
`;

/**
 * What every gateway is asked. `large` comes to about 88 KB and goes through the subgraphs in eight steps, `small` to
 * about 4 KB. The page is a variable, so requests differ while the document stays the same, as in production.
 */
export const operations = {
  large: /* GraphQL */ `
    query Storefront($page: Int!) {
      users(page: $page, size: 10) {
        id
        username
        name
        birthday
        country
        reviews(first: 5) {
          id
          body
          rating
          product {
            ...ProductCard
            reviews(first: 2) {
              id
              body
              rating
              author {
                id
                username
                name
                country
                reviews(first: 1) {
                  id
                  body
                  rating
                  product {
                    upc
                    name
                    category
                    price
                    inStock
                  }
                }
              }
            }
          }
        }
      }
      bestsellers(page: $page, size: 10) {
        ...ProductCard
        reviews(first: 4) {
          id
          body
          rating
          author {
            id
            username
            name
            reviews(first: 2) {
              id
              body
              rating
            }
          }
        }
      }
    }
    ${PRODUCT_CARD}
  `,
  small: /* GraphQL */ `
    query Bestsellers($page: Int!) {
      bestsellers(page: $page, size: 8) {
        ...ProductCard
        reviews(first: 2) {
          id
          body
          rating
          author {
            id
            name
          }
        }
      }
    }
    ${PRODUCT_CARD}
  `,
};
