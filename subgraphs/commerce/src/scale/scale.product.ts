import { Random } from './random.ts';
import { colours, filling, materials, praise, rareWords, shelves, sizes } from './scale.words.ts';

export interface ScaleProduct {
  /** Which one it is, from 1 on. */
  readonly n: number;
  readonly shop: number;
  /** The place of its shelf. */
  readonly shelf: number;
  readonly title: string;
  readonly description: string;
  readonly brand: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** In minor units, of each variant. */
  readonly prices: readonly number[];
  /** What there is of each variant. */
  readonly stock: readonly number[];
  readonly status: 'DRAFT' | 'ACTIVE' | 'ARCHIVED';
  /** How many have rated it with one star, with two, up to five. */
  readonly stars: readonly number[];
  readonly sold: number;
  /** How long before the newest of all it was made. */
  readonly minutesOld: number;
}

export interface ScaleShop {
  readonly n: number;
  readonly currency: string;
  readonly country: string;
  /** Minor units to what costs a US dollar elsewhere. */
  readonly dollar: number;
}

const MARKETS = [
  { currency: 'USD', country: 'US', dollar: 100 },
  { currency: 'EUR', country: 'DE', dollar: 93 },
  { currency: 'USD', country: 'CA', dollar: 100 },
  { currency: 'JPY', country: 'JP', dollar: 150 },
  { currency: 'EUR', country: 'FR', dollar: 93 },
  { currency: 'KWD', country: 'KW', dollar: 307 },
] as const;

const SHOPS = 240;
const BRANDS = 3_000;

/** What a big catalogue spans: a product a minute would be too regular, and all at once worse. */
const MINUTES = 4 * 365 * 24 * 60;

export const scaleShops: readonly ScaleShop[] = Array.from({ length: SHOPS }, (_, index) => ({
  n: index + 1,
  ...MARKETS[index % MARKETS.length]!,
}));

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

const brands = rareWords.slice(500, 500 + BRANDS).map(capital);

/** The same one for the same number, whoever asks and in which order. */
export function scaleProduct(n: number): ScaleProduct {
  const random = new Random(n);
  const shop = random.zipf(scaleShops);
  const shelf = Math.floor(shelves.length ** random.next()) - 1;
  const [, , things, usual] = shelves[shelf]!;
  const thing = random.zipf(things.split(' '));
  const material = random.zipf(materials);
  const brand = random.next() < 0.9 ? random.zipf(brands) : null;
  const attributes: Record<string, string> = { colour: random.zipf(colours), material };
  if (random.next() < 0.4) attributes['size'] = random.zipf(sizes);
  // Of every word one in ten titles has, and one that hardly any other has.
  const title = [
    ...(random.next() < 0.5 ? [capital(random.zipf(praise))] : []),
    ...(random.next() < 0.4 ? [capital(material)] : []),
    capital(thing),
    capital(random.pick(rareWords)),
    ...(random.next() < 0.3 ? [String(100 + random.below(900))] : []),
  ].join(' ');
  const price = Math.max(1, Math.round(usual * shop.dollar * Math.exp(0.7 * random.normal())));
  const variants = 1 + Math.floor(2.6 ** random.next() - 0.5);
  const popularity = random.next() ** -0.8 - 1;
  const ratings = Math.floor(popularity * random.next() * 2);
  const stars = [0, 0, 0, 0, 0];
  // A few opinions stand for all of them, so that a bestseller takes no longer to make.
  const opinions = Math.min(ratings, 8);
  for (let one = 0; one < opinions; one += 1) {
    stars[4 - Math.floor(5 * random.next() ** 3)]! += Math.floor((ratings + one) / opinions);
  }
  const fate = random.next();
  return {
    n,
    shop: shop.n,
    shelf,
    title,
    description: describe(random, thing),
    brand,
    attributes,
    prices: Array.from({ length: variants }, (_, index) => Math.round(price * (1 + index * 0.15))),
    stock: Array.from({ length: variants }, () => (random.next() < 0.08 ? 0 : 1 + random.below(200))),
    status: fate < 0.03 ? 'DRAFT' : fate < 0.05 ? 'ARCHIVED' : 'ACTIVE',
    stars,
    sold: Math.floor(popularity * 12),
    minutesOld: Math.floor(MINUTES * random.next() ** 1.3),
  };
}

/** About as long as sellers write it: many of the same words, and some of their own. */
function describe(random: Random, thing: string): string {
  const words = Array.from({ length: 12 + random.below(14) }, (_, index) =>
    index === 0 ? capital(thing) : random.next() < 0.55 ? random.zipf(filling) : random.zipf(rareWords),
  );
  return `${words.join(' ')}.`;
}
