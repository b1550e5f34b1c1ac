import { afterAll, beforeAll, describe } from '@jest/globals';
import { books } from './commerce/books.story.ts';
import { carts } from './commerce/carts.story.ts';
import { keepingTheCatalogue } from './commerce/keeping-the-catalogue.story.ts';
import { Market } from './commerce/market.ts';
import { openingAShop } from './commerce/opening-a-shop.story.ts';
import { stockRoom } from './commerce/stock-room.story.ts';

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
