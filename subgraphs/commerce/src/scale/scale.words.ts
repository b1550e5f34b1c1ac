import { Random } from './random.ts';

const BEGINNINGS =
  'b bl br c ch cl cr d dr f fl fr g gl gr h j k kl kn l m n p pl pr qu r s sc sh sl sm sp st t tr v w'.split(' ');
const MIDDLES = 'a ai au e ea ee i o oa oo ou u'.split(' ');
const ENDS = 'b ck d ft g l ll lm m mp n nd ng nt p r rd rk rm rn rt s sh sk st t th x'.split(' ');

/** How many words a catalogue uses besides those of its shelves. */
const WORDS = 40_000;

/** Words that can be spoken, the most frequent first. */
export const rareWords: readonly string[] = inventWords();

function inventWords(): readonly string[] {
  const random = new Random(20_261_121);
  const syllable = () => random.pick(BEGINNINGS) + random.pick(MIDDLES);
  const words = new Set<string>();
  while (words.size < WORDS) {
    const more = words.size < 2_000 ? '' : random.next() < 0.5 ? syllable() : syllable() + syllable();
    words.add(more + syllable() + random.pick(ENDS));
  }
  return [...words];
}

export const praise: readonly string[] =
  'classic premium modern compact everyday essential original light deluxe portable smart natural vintage slim outdoor heavy'.split(
    ' ',
  );

export const materials: readonly string[] =
  'cotton steel oak leather aluminium glass wool linen bamboo ceramic walnut silicone canvas copper brass cork marble silk'.split(
    ' ',
  );

export const colours: readonly string[] =
  'black white grey blue red green beige brown navy silver yellow orange pink purple gold teal'.split(' ');

export const sizes: readonly string[] = ['M', 'L', 'S', 'XL', 'XS', 'XXL'];

export const filling: readonly string[] =
  'the with for and quality made to of in a your use home design easy comfort work day long life family travel gift'.split(
    ' ',
  );

/** What is sold, where it stands and what it usually costs, in US dollars. */
export const shelves: readonly (readonly [department: string, kind: string, things: string, price: number])[] = [
  ['Electronics', 'Audio', 'headphones speaker earbuds soundbar turntable amplifier microphone radio', 90],
  ['Electronics', 'Computers', 'laptop keyboard monitor mouse tablet printer router webcam', 240],
  ['Electronics', 'Photography', 'camera lens tripod flash drone gimbal', 310],
  ['Electronics', 'Cables', 'cable charger adapter battery hub', 14],
  ['Home', 'Furniture', 'chair table sofa bookshelf desk wardrobe bed stool', 280],
  ['Home', 'Lighting', 'lamp lantern pendant chandelier bulb candle', 60],
  ['Home', 'Textiles', 'towel blanket cushion curtain rug duvet pillow', 35],
  ['Home', 'Decoration', 'vase mirror frame clock poster planter', 28],
  ['Kitchen', 'Cookware', 'pan pot wok casserole skillet griddle', 48],
  ['Kitchen', 'Tableware', 'plate bowl mug teapot glass carafe', 19],
  ['Kitchen', 'Appliances', 'kettle toaster blender mixer grinder fryer', 75],
  ['Kitchen', 'Knives', 'knife cleaver peeler board sharpener', 32],
  ['Fashion', 'Shoes', 'sneaker boot sandal loafer slipper', 85],
  ['Fashion', 'Clothing', 'shirt jacket sweater dress jeans coat hoodie skirt', 45],
  ['Fashion', 'Accessories', 'belt scarf wallet watch backpack handbag hat', 40],
  ['Fashion', 'Jewellery', 'ring necklace bracelet earring brooch', 120],
  ['Sports', 'Cycling', 'helmet saddle pedal bicycle pump jersey', 70],
  ['Sports', 'Camping', 'tent stove hammock mattress cooler rucksack', 95],
  ['Sports', 'Fitness', 'dumbbell mat bench kettlebell rope treadmill', 55],
  ['Sports', 'Swimming', 'goggles swimsuit fins cap wetsuit', 27],
  ['Garden', 'Tools', 'shears rake shovel mower hose sprayer', 36],
  ['Garden', 'Plants', 'fern cactus orchid bonsai seedling', 16],
  ['Toys', 'Games', 'puzzle chess cards dice dominoes', 22],
  ['Toys', 'Models', 'train robot castle dollhouse kite', 38],
  ['Books', 'Fiction', 'novel saga mystery anthology tales', 15],
  ['Books', 'Knowledge', 'handbook atlas cookbook dictionary guide', 26],
  ['Food', 'Drinks', 'coffee tea chocolate juice syrup', 9],
  ['Food', 'Pantry', 'honey pasta spice oil jam noodles', 7],
  ['Beauty', 'Care', 'soap shampoo lotion serum balm', 13],
  ['Beauty', 'Fragrance', 'perfume incense cologne diffuser', 52],
];

/** Every word that a product may have. */
export const allWords: readonly string[] = [
  ...[...rareWords, ...praise, ...materials, ...filling, ...shelves.flatMap(([, , things]) => things.split(' '))],
  ...Array.from({ length: 900 }, (_, index) => String(100 + index)),
];
