import { COUNT } from './tenant-count.ts';

/** Of the first organization, whatever they are called. */
const nthVariant = (column: string) =>
  `(select ${column} from commerce.product_variant where organization_id = :organization and sku = 'sku-' || n)`;

/** Likewise of what was bought of it. */
const nthPart = (column: string) => `(select ${column} from commerce.shop_order where number = 'N' || n || '-1')`;

/** The first tenant's things in commerce, in the order of their foreign keys; see `tenants.ts`. */
export const COMMERCE_ROWS: Readonly<Record<string, string>> = {
  Shop: `commerce.shop (id, organization_id, owner_id, name, slug, description, currency, country, tax_rate,
      prices_include_tax, commission_rate, state, state_reason, version, created_at, updated_at, opened_at)
    select gen_random_uuid(), :organization, :owner, 'Shop ' || n, 'shop-' || n, 'Things', 'CHF', 'CH', 810, true, 1000,
      'SUSPENDED', 'Ticket ' || n, 1, now(), now(), now()`,
  ShopVerification: `commerce.shop_verification (id, shop_id, organization_id, submitted_by, legal_name, registration_number,
      state, decided_by, reason, submitted_at, decided_at)
    select gen_random_uuid(), (select id from commerce.shop where slug = 'shop-' || n), :organization, :owner,
      'Business ' || n, 'CHE-' || n, case when n = 2 then 'SUBMITTED' else 'REJECTED' end,
      case when n <> 2 then :staff end, case when n <> 2 then 'Unreadable' end, now(), case when n <> 2 then now() end`,
  Category: `commerce.category (id, parent_id, name, slug, path, position, created_at, updated_at)
    select md5('category ' || n)::uuid, null, 'Category ' || n, 'category-' || n, array[md5('category ' || n)::uuid], n, now(), now()`,
  Product: `commerce.product (id, shop_id, organization_id, category_id, category_path, title, slug, description, brand, attributes,
      status, shop_open, currency, lowest_price, rating_count, rating_sum, rating_stars, created_at, updated_at,
      published_at)
    select gen_random_uuid(), (select id from commerce.shop where slug = 'shop-' || n), :organization,
      md5('category ' || n)::uuid, array[md5('category ' || n)::uuid], 'Product ' || n, 'product-' || n, 'A thing', 'Brand',
      '{"size": "M"}', 'ACTIVE', false, 'CHF', 1000, 2, 9, '{0,0,0,1,1}',
      now(), now(), now()`,
  ProductVariant: `commerce.product_variant (id, product_id, shop_id, organization_id, sku, title, options, price, compare_at_price,
      currency, active, position, created_at, updated_at)
    select gen_random_uuid(), (select id from commerce.product where slug = 'product-' || n),
      (select id from commerce.shop where slug = 'shop-' || n), :organization, 'sku-' || n, 'Variant', '{"size": "M"}', 1000, 1200,
      'CHF', true, n, now(), now()`,
  ProductImport: `commerce.product_import (id, shop_id, organization_id, requested_by, state, csv, line_count, done_count,
      failed_count, problems, created_at, ended_at)
    select gen_random_uuid(), (select id from commerce.shop where slug = 'shop-' || n), :organization, :owner, 'FINISHED', '', 1, 1,
      1, '[{"line": 2, "message": "Unreadable"}]', now(), now()`,
  Promotion: `commerce.promotion (id, shop_id, organization_id, code, description, rate, amount, currency, minimum,
      starts_at, ends_at, usage_limit, created_by, created_at, updated_at)
    select gen_random_uuid(), (select id from commerce.shop where slug = 'shop-' || n), :organization, 'CODE-' || n,
      'Less', case when n > 1 then 1000 end, case when n = 1 then 100 end, 'CHF', 0, now() - interval '1 hour',
      now() + interval '1 day', 10, :owner, now(), now()`,
  Cart: `commerce.cart (id, user_id, currency, state, created_at, updated_at)
    select gen_random_uuid(), :owner, 'CHF', case when n = 1 then 'ACTIVE' else 'ORDERED' end, now(), now()`,
  CartItem: `commerce.cart_item (id, cart_id, variant_id, shop_id, quantity, agreed_price, added_at)
    select gen_random_uuid(), (select id from commerce.cart where state = 'ACTIVE'),
      (select id from commerce.product_variant where sku = 'OPEN-' || n), (select id from commerce.shop where slug = 'open'),
      2, 900, now()`,
  StockLevel: `commerce.stock_level (id, variant_id, shop_id, organization_id, created_at, updated_at)
    select gen_random_uuid(), ${nthVariant('id')}, ${nthVariant('shop_id')}, :organization, now(), now()`,
  StockMovement: `commerce.stock_movement (id, variant_id, shop_id, organization_id, sequence, quantity, on_hand_before,
      on_hand_after, reason, note, actor_id, created_at)
    select gen_random_uuid(), ${nthVariant('id')}, ${nthVariant('shop_id')}, :organization, 1, 5, 0, 5, 'RECEIVED', 'Note ' || n, :owner,
      now()`,
  StockReservation: `commerce.stock_reservation (id, variant_id, shop_id, organization_id, owner_kind, owner_id, hold,
      quantity, state, expires_at, created_at, settled_at)
    select gen_random_uuid(), ${nthVariant('id')}, ${nthVariant('shop_id')}, :organization, 'CART', gen_random_uuid(), 1, 1,
      case when n = 2 then 'RELEASED' else 'HELD' end, now() + interval '15 minutes', now(), case when n = 2 then now() end`,
  Order: `commerce.customer_order (id, number, user_id, cart_id, state, state_reason, currency, subtotal, discount, tax, total,
      email, shipping_address, payment_due_at, created_at, updated_at, placed_at)
    select gen_random_uuid(), 'N' || n, :owner, (select id from commerce.cart order by id offset n - 1 limit 1),
      case when n = 2 then 'PLACED' else 'CANCELLED' end, case when n <> 2 then 'Declined' end, 'CHF', 1000, 0, 75, 1000, 'owner@example.com',
      '{"name": "Ada", "line1": "Street 1", "line2": "3rd floor", "postalCode": "1200", "city": "Genève", "country": "CH"}',
      now(), now(), now(), case when n = 2 then now() end`,
  ShopOrder: `commerce.shop_order (id, order_id, number, shop_id, organization_id, user_id, state, currency, subtotal, discount,
      tax, total, commission, created_at, updated_at, placed_at)
    select gen_random_uuid(), (select id from commerce.customer_order where number = 'N' || n), 'N' || n || '-1',
      (select id from commerce.shop where slug = 'shop-' || n), :organization, :owner, 'CANCELLED', 'CHF', 1000, 0, 75, 1000,
      92, now(), now(), now()`,
  OrderItem: `commerce.order_item (id, order_id, shop_order_id, organization_id, user_id, product_id, variant_id, sku, title,
      currency, unit_price, quantity, subtotal, discount, tax, total, fulfilled, delivered, returned)
    select gen_random_uuid(), (select id from commerce.customer_order where number = 'N' || n),
      (select id from commerce.shop_order where number = 'N' || n || '-1'), :organization, :owner,
      (select id from commerce.product where slug = 'product-' || n), ${nthVariant('id')}, 'SKU', 'Tea', 'CHF', 500, 2, 1000,
      0, 75, 1000, 2, 2, 1`,
  Review: `commerce.review (id, product_id, shop_id, organization_id, user_id, author_name, rating, title, body, reply,
      replied_at, replied_by, hidden_reason, hidden_at, hidden_by, helpful_count, created_at, updated_at)
    select gen_random_uuid(), (select id from commerce.product where slug = 'product-' || n),
      (select id from commerce.shop where slug = 'shop-' || n), :organization, :owner, 'Ada', 4, 'Good', 'Very good',
      'Thank you', now(), :owner, case when n = 1 then 'Advertising' end, case when n = 1 then now() end,
      case when n = 1 then :staff end, 1, now(), now()`,
  // In the order of their foreign keys, and what they have in them beside them.
  Fulfillment: `commerce.fulfillment (id, order_id, shop_order_id, shop_id, organization_id, user_id, state, carrier,
      tracking_number, tracking_url, sent_at, updated_at, delivered_at)
    select gen_random_uuid(), ${nthPart('order_id')}, ${nthPart('id')}, ${nthPart('shop_id')}, :organization, :owner, 'DELIVERED',
      'Post', 'Number ' || n, 'https://example.com/parcel', now(), now(), now()`,
  FulfillmentItem: `commerce.fulfillment_item (id, fulfillment_id, order_item_id, organization_id, user_id, quantity)
    select gen_random_uuid(), (select id from commerce.fulfillment where tracking_number = 'Number ' || n),
      (select id from commerce.order_item where shop_order_id = ${nthPart('id')}), :organization, :owner, 2`,
  Return: `commerce.return_request (id, order_id, shop_order_id, shop_id, organization_id, user_id, state, reason, note,
      decision_reason, currency, refund, kept, created_at, updated_at, decided_at, received_at)
    select gen_random_uuid(), ${nthPart('order_id')}, ${nthPart('id')}, ${nthPart('shop_id')}, :organization, :owner, 'RECEIVED',
      'OTHER', 'Note ' || n, 'Opened', 'CHF', 400, 100, now(), now(), now(), now()`,
  ReturnItem: `commerce.return_item (id, return_id, order_item_id, organization_id, user_id, quantity, restocked)
    select gen_random_uuid(), (select id from commerce.return_request where note = 'Note ' || n),
      (select id from commerce.order_item where shop_order_id = ${nthPart('id')}), :organization, :owner, 1, 1`,
  // Guests paid, so that nobody but the shop's own people sees them.
  Payment: `commerce.payment (id, order_id, state, currency, amount, captured, refunded, provider, provider_reference, method,
      created_at, updated_at, captured_at)
    select gen_random_uuid(), gen_random_uuid(), 'PARTIALLY_REFUNDED', 'CHF', 1000, 1000, 100, 'TEST', 'payment-' || n,
      'test_card', now(), now(), now()`,
  PaymentShare: `commerce.payment_share (id, payment_id, shop_id, organization_id, currency, amount, commission, tax, refunded)
    select gen_random_uuid(), (select id from commerce.payment where provider_reference = 'payment-' || n),
      (select id from commerce.shop where slug = 'shop-' || n), :organization, 'CHF', 1000, 100, 50, 100`,
  Refund: `commerce.refund (id, payment_id, requested_by, idempotency_key, amount, currency, reason, state,
      provider_reference, failure_reason, created_at, settled_at)
    select gen_random_uuid(), (select id from commerce.payment where provider_reference = 'payment-' || n), :owner,
      'refund ' || n, 100, 'CHF', 'Broken', case when n = 2 then 'FAILED' else 'SUCCEEDED' end, 'refund-' || n,
      case when n = 2 then 'The card is gone' end, now(), now()`,
  RefundShare: `commerce.refund_share (id, refund_id, shop_id, organization_id, amount, commission, tax)
    select gen_random_uuid(), (select id from commerce.refund where provider_reference = 'refund-' || n),
      (select id from commerce.shop where slug = 'shop-' || n), :organization, 100, 10, 5`,
  Payout: `commerce.payout (id, shop_id, organization_id, idempotency_key, amount, currency, provider, destination, state,
      failure_reason, created_at, settled_at)
    select gen_random_uuid(), (select id from commerce.shop where slug = 'shop-' || n), :organization, 'payout ' || n, 500,
      'CHF', 'TEST', 'test_account', 'FAILED', 'The account is closed', now(), now()`,
  LedgerTransaction: `commerce.ledger_transaction (id, kind, reference_id, occurred_at)
    select gen_random_uuid(), 'CAPTURE', gen_random_uuid(), now()`,
  // All of one transaction, because what is written at once has to add up to zero.
  LedgerEntry: `commerce.ledger_entry (id, transaction_id, kind, account, shop_id, organization_id, currency, amount, occurred_at)
    select gen_random_uuid(), (select min(id::text)::uuid from commerce.ledger_transaction), 'CAPTURE', 'SHOP_PAYABLE',
      (select id from commerce.shop where slug = 'shop-' || (n + 1) / 2), :organization, 'CHF',
      case when n % 2 = 0 then 850 else -850 end, now()`,
};

/** What carts are filled with: everybody can buy it. */
export const STALL = `
  with opened as (
    insert into commerce.shop (id, organization_id, owner_id, name, slug, description, currency, country, tax_rate,
      prices_include_tax, commission_rate, state, created_at, updated_at, opened_at)
    values (gen_random_uuid(), :platform, :staff, 'Open', 'open', '', 'CHF', 'CH', 810, true, 1000, 'OPEN', now(), now(), now())
    returning id
  ), offered as (
    insert into commerce.product (id, shop_id, organization_id, title, slug, description, status, shop_open, currency,
      lowest_price, created_at, updated_at, published_at)
    select gen_random_uuid(), id, :platform, 'Tea', 'tea', '', 'ACTIVE', true, 'CHF', 1000, now(), now(), now() from opened
    returning id, shop_id
  )
  insert into commerce.product_variant (id, product_id, shop_id, organization_id, sku, title, price, currency, active,
    position, created_at, updated_at)
  select gen_random_uuid(), id, shop_id, :platform, 'OPEN-' || n, 'Tea', 1000, 'CHF', true, n, now(), now()
  from offered, generate_series(1, ${COUNT}) n`;

/** Something that everybody may buy, of neither tenant, so that there is something to find. */
export const MARKET = `
  with shop as (
    insert into commerce.shop (id, organization_id, owner_id, name, slug, description, currency, country, tax_rate,
      prices_include_tax, commission_rate, state, created_at, updated_at, opened_at)
    values (gen_random_uuid(), :platform, :staff, 'Market', 'market', '', 'CHF', 'CH', 0, true, 0, 'OPEN', now(), now(), now())
    returning id, organization_id
  ), product as (
    insert into commerce.product (id, shop_id, organization_id, category_id, category_path, title, slug, description, brand,
      attributes, status, shop_open, currency, lowest_price, created_at, updated_at, published_at)
    select gen_random_uuid(), id, organization_id, md5('category 1')::uuid, array[md5('category 1')::uuid], 'Tea', 'tea', '', 'Brand',
      '{"size": "M"}', 'ACTIVE', true, 'CHF', 500, now(), now(), now() from shop
    returning id, shop_id, organization_id
  )
  insert into commerce.product_variant (id, product_id, shop_id, organization_id, sku, title, price, currency, active, position,
    created_at, updated_at)
  select gen_random_uuid(), id, shop_id, organization_id, 'TEA', 'Tea', 500, 'CHF', true, 0, now(), now() from product`;
