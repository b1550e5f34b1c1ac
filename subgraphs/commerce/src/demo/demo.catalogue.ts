import { Random } from '../scale/random.ts';

/** A shop of the demo, and what it sells. */
export interface DemoShop {
  /** Whose it is: one of the demo's people. */
  readonly owner: 'owner' | 'vendor' | 'agent' | 'customer';
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly currency: string;
  readonly country: string;
  readonly taxRate: number;
  readonly brands: readonly string[];
  readonly models: readonly string[];
  readonly lines: readonly DemoLine[];
  /** What comes in variants of it, and which ones there are. */
  readonly option: string;
  readonly choices: readonly string[];
}

interface DemoLine {
  readonly category: string;
  readonly thing: string;
  readonly says: string;
  /** In minor units, of the cheapest. */
  readonly price: number;
}

const line = (category: string, thing: string, price: number, says: string): DemoLine => ({
  category,
  thing,
  price,
  says,
});

/** The tree of categories: each below the one named after it, if any. Slugs are the names in lower case. */
export const demoCategories: readonly (readonly [name: string, parent?: string])[] = [
  ['Electronics'],
  ['Headphones', 'Electronics'],
  ['Speakers', 'Electronics'],
  ['Desk', 'Electronics'],
  ['Home'],
  ['Lighting', 'Home'],
  ['Textiles', 'Home'],
  ['Kitchen'],
  ['Teaware', 'Kitchen'],
  ['Knives', 'Kitchen'],
  ['Fragrance'],
  ['Incense', 'Fragrance'],
  ['Perfume', 'Fragrance'],
];

export const demoShops: readonly DemoShop[] = [
  {
    ...{ owner: 'owner', name: 'Harbor Audio', slug: 'harbor-audio', currency: 'USD', country: 'US', taxRate: 875 },
    description: 'Headphones, speakers and what belongs on a desk, tuned and repaired in our own workshop.',
    brands: ['Sonora', 'Klack', 'Northlight', 'Everwell', 'Pilot & Pine'],
    models: ['One', 'Air', 'Studio', 'Voyage'],
    lines: [
      line('Headphones', 'Wireless Headphones', 12_900, 'Thirty hours on one charge, and cushions you can replace.'),
      line('Headphones', 'Earbuds', 6_900, 'Small enough to forget, with a case that charges them four times over.'),
      line('Speakers', 'Bookshelf Speaker', 24_900, 'A pair with birch cabinets and silk tweeters.'),
      line('Desk', 'Mechanical Keyboard', 14_900, 'Hot-swappable switches under caps that do not wear off.'),
    ],
    option: 'colour',
    choices: ['black', 'white', 'navy'],
  },
  {
    ...{
      owner: 'vendor',
      name: 'Atelier Lumen',
      slug: 'atelier-lumen',
      currency: 'EUR',
      country: 'FR',
      taxRate: 2_000,
    },
    description: 'Lamps and linen for quiet rooms, made by small workshops between Lyon and Ghent.',
    brands: ['Maison Verrier', 'Lumen', 'Vlas', 'Petit Jour', 'Atelier Nord'],
    models: ['Aube', 'Soir', 'Midi', 'Brume'],
    lines: [
      line('Lighting', 'Table Lamp', 8_900, 'Mouth-blown glass over a foot of turned oak.'),
      line('Lighting', 'Pendant', 15_900, 'Spun brass that warms with the years. Takes any E27 bulb.'),
      line('Textiles', 'Linen Cushion', 3_900, 'Stonewashed linen from Flanders, with a feather filling.'),
      line('Textiles', 'Wool Blanket', 11_900, 'Woven from lambswool that was never dyed.'),
    ],
    option: 'size',
    choices: ['small', 'large'],
  },
  {
    ...{ owner: 'agent', name: 'Kumo Teahouse', slug: 'kumo-teahouse', currency: 'JPY', country: 'JP', taxRate: 1_000 },
    description: 'Teaware and kitchen knives from Tokoname, Hagi and Sakai.',
    brands: ['Kumo', 'Tokoname Kiln', 'Sakai Forge', 'Hagi Studio', 'Mori'],
    models: ['Asa', 'Yoru', 'Haru', 'Fuyu'],
    lines: [
      line('Teaware', 'Kyusu Teapot', 7_800, 'A side-handled pot with a strainer of the same clay.'),
      line('Teaware', 'Matcha Bowl', 5_400, 'Thrown by hand; no two have the same glaze.'),
      line('Knives', 'Santoku Knife', 16_500, 'Layered steel with a core of VG-10, sharpened by hand.'),
      line('Knives', 'Whetstone', 4_800, 'A thousand on one side, six thousand on the other.'),
    ],
    option: 'finish',
    choices: ['natural', 'dark'],
  },
  {
    ...{ owner: 'customer', name: 'Souq Al Oud', slug: 'souq-al-oud', currency: 'KWD', country: 'KW', taxRate: 0 },
    description: 'Oud, amber and rose: perfumes and incense blended in Kuwait City.',
    brands: ['Al Oud', 'Dar Amber', 'Rose of Taif', 'Qamar', 'Bait Misk'],
    models: ['Layl', 'Sahra', 'Fajr', 'Bahr'],
    lines: [
      line('Perfume', 'Eau de Parfum', 18_500, 'Opens with saffron and stays with oud until the next morning.'),
      line('Perfume', 'Perfume Oil', 9_750, 'Without alcohol; a drop on the wrist is enough.'),
      line('Incense', 'Bakhoor', 4_250, 'Chips of agarwood steeped in rose and amber.'),
      line('Incense', 'Incense Burner', 12_000, 'Hammered brass, for charcoal or for a tea light.'),
    ],
    option: 'size',
    choices: ['12 ml', '50 ml', '100 ml'],
  },
];

/** One product of a shop, with its variants. Prices in minor units. */
export interface DemoProduct {
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly category: string;
  readonly status: 'DRAFT' | 'ACTIVE' | 'ARCHIVED';
  readonly daysOld: number;
  readonly variants: readonly { readonly choice: string; readonly price: number; readonly stock: number }[];
}

/** Everything a shop sells: each line by each of its brands in each model. The same in every run. */
export function productsOf(shop: DemoShop): readonly DemoProduct[] {
  const random = new Random(shop.slug.length * 7_919);
  const products = shop.lines.flatMap((sold) =>
    shop.brands.flatMap((brand) =>
      shop.models.map((model) => ({ ...sold, brand, title: `${brand} ${model} ${sold.thing}` })),
    ),
  );
  return products.map(({ title, says, brand, category, price }, index) => {
    const from = Math.round((price * (0.8 + random.next() * 0.6)) / 50) * 50;
    return {
      ...{ title, brand, category },
      description: `${says} By ${brand}, sold and looked after by ${shop.name}.`,
      // A shop has always something that is not ready, and something that is no more.
      status: index % 20 === 7 ? 'DRAFT' : index % 20 === 13 ? 'ARCHIVED' : 'ACTIVE',
      daysOld: 1 + random.below(400),
      variants: shop.choices.map((choice, place) => ({
        choice,
        price: Math.round((from * (1 + place * 0.15)) / 50) * 50,
        stock: random.next() < 0.1 ? 0 : 3 + random.below(60),
      })),
    };
  });
}
