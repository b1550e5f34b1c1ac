import { afterAll, beforeAll, describe } from '@jest/globals';
import { accounts } from './stories/accounts.story.ts';
import { afterTheOrder } from './stories/after-the-order.story.ts';
import { books } from './stories/books.story.ts';
import { carts } from './stories/carts.story.ts';
import { keepingTheCatalogue } from './stories/keeping-the-catalogue.story.ts';
import { Market } from './stories/market.ts';
import { notifications } from './stories/notifications.story.ts';
import { openingAShop } from './stories/opening-a-shop.story.ts';
import { operating } from './stories/operating.story.ts';
import { reviews } from './stories/reviews.story.ts';
import { stockRoom } from './stories/stock-room.story.ts';

const market = new Market();

beforeAll(() => market.open(), 60_000);

afterAll(() => market.graph?.stop());

// One graph for all of them: a story of its own thing takes a shop of its own.
describe('A shop', () => {
  openingAShop(market);
});
describe('A catalogue', () => {
  keepingTheCatalogue(market);
});
describe('A stock room', () => {
  stockRoom(market);
});
describe('Carts', () => {
  carts(market);
});
describe('The books', () => {
  books(market);
});
describe('After the order', () => {
  afterTheOrder(market);
});
describe('Reviews', () => {
  reviews(market);
});
describe('Notifications', () => {
  notifications(market);
});
describe('Whoever operates the graph', () => {
  operating(market);
});
describe('Accounts', () => {
  accounts(market);
});
