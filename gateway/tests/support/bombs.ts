import { createHash } from 'node:crypto';

/** What a stranger sends to keep a gateway busy. */
export interface Bomb {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const times = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, at) => each(at)).join(' ');

/** Fragments each of which has the next one twice. */
const doubling = (levels: number): string =>
  `{ reader(id: 1) { ...f0 } } ${times(levels, (at) => `fragment f${at} on Reader { ...f${at + 1} ...f${at + 1} }`)} fragment f${levels} on Reader { name }`;

const circle = (depth: number): string =>
  `{ reader(id: 1) { ${'favourites { readers { '.repeat(depth / 2)} name ${'} } '.repeat(depth / 2)} } }`;

const nestedFilter = (levels: number): string => `${'{ not: '.repeat(levels)}{ text: "a" }${' }'.repeat(levels)}`;

const nestedValue = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ not: inner }), { text: 'a' });

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Each is refused for what it is. */
export const REFUSED: Readonly<Record<string, Bomb>> = {
  ...Object.fromEntries(
    [8, 12, 16, 20, 26].map((levels) => [`fragments that unfold to 2^${levels} fields`, { query: doubling(levels) }]),
  ),
  'the same fragment 4,000 times at one place': {
    query: `{ reader(id: 1) { ${'...F '.repeat(4_000)} } } fragment F on Reader { name }`,
  },
  'a depth of 200 through entities': { query: circle(200) },
  'a depth of 200 through fragments': {
    query: `{ reader(id: 1) { ...f0 } } ${times(100, (at) => `fragment f${at} on Reader { favourites { readers { ...f${at + 1} } } }`)} fragment f100 on Reader { name }`,
  },
  '1,000 aliases': { query: `{ reader(id: 1) { ${times(1_000, (at) => `a${at}: name`)} } }` },
  '1,000 aliases at the root': { query: `{ ${times(1_000, (at) => `a${at}: reader(id: ${at}) { name }`)} }` },
  '1,000 aliased mutations': {
    query: `mutation { ${times(1_000, (at) => `a${at}: rename(id: 1, name: "a") { id }`)} }`,
  },
  '5,000 unknown directives': { query: `{ reader(id: 1) { name ${'@a '.repeat(4_900)} } }` },
  '5,000 unknown directives, five at each place': {
    query: `{ reader(id: 1) { ${'name @a @b @c @d @e '.repeat(900)} } }`,
  },
  'more directives than tokens are allowed': { query: `{ reader(id: 1) { name ${'@a '.repeat(20_000)} } }` },
  '5,000 times the same field': { query: `{ reader(id: 1) { ${'name '.repeat(5_000)} } }` },
  '5,000 times the same field with others in it': { query: `{ ${'reader(id: 1) { name } '.repeat(1_200)} }` },
  'a list without end': { query: '{ readers(first: 2147483647) { name } }' },
  'a list without end in a variable': {
    query: 'query ($n: Int) { readers(first: $n) { name } }',
    variables: { n: 2_147_483_647 },
  },
  'a list without end by default': { query: 'query ($n: Int = 2147483647) { readers(first: $n) { name } }' },
  'lists without end inside each other': {
    query: `query ($n: Int) { readers(first: $n) { favourites(first: $n) { readers { favourites(first: $n) { title } } } } }`,
    variables: { n: 2_147_483_647 },
  },
  'introspection in a circle': {
    query: `{ __schema { types { ${'fields { type { '.repeat(20)} name ${'} } '.repeat(20)} } } }`,
  },
  'introspection under 30 names': {
    query: `{ ${times(20, (at) => `s${at}: __schema { types { fields { name args { name } } } }`)} }`,
  },
  'introspection of the fields of all types under 30 names': {
    query: `{ __schema { types { ${times(30, (at) => `f${at}: fields { name type { name } }`)} } } }`,
  },
  'a fragment that contains itself': { query: '{ reader(id: 1) { ...F } } fragment F on Reader { name ...F }' },
  'fragments that contain each other': {
    query: `{ reader(id: 1) { ...f0 } } ${times(150, (at) => `fragment f${at} on Reader { ${times(10, (to) => `...f${(at * 7 + to) % 150}`)} }`)}`,
  },
  '10,000 declared variables': { query: `query (${times(10_000, (at) => `$v${at}: Int`)}) { readers { name } }` },
  '200 declared variables': { query: `query (${times(200, (at) => `$v${at}: Int`)}) { readers { name } }` },
  '10,000 variables': {
    query: '{ readers { name } }',
    variables: Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`v${at}`, at])),
  },
  'a list of 12,000 in a variable': {
    query: 'query ($g: [Genre!]) { find(genres: $g) { name } }',
    variables: { g: Array.from({ length: 12_000 }, () => 'POEM') },
  },
  'a text of 110,000 characters': { query: `{ find(text: "${'a'.repeat(110_000)}") { name } }` },
  'an input object of depth 199': { query: `{ find(filter: ${nestedFilter(199)}) { name } }` },
  'lists inside each other': { query: `{ find(genres: ${'['.repeat(4_900)}${']'.repeat(4_900)}) { name } }` },
  'lists inside each other in a type': {
    query: `query ($v: ${'['.repeat(4_900)}Int${']'.repeat(4_900)}) { readers { name } }`,
  },
  'selections inside each other behind a comment': {
    query: `# "\n{ ${'a { '.repeat(3_300)} b ${'} '.repeat(3_300)} }`,
  },
  '@include on everything': {
    query: `query ($v: Boolean!) { reader(id: 1) { ${times(200, (at) => `a${at}: name @include(if: $v)`)} } }`,
    variables: { v: true },
  },
  '51 conditions, each on a variable of its own': {
    query: `query (${times(60, (at) => `$v${at}: Boolean!`)}) { reader(id: 1) { ${times(60, (at) => `... @include(if: $v${at}) { name }`)} } }`,
    variables: Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`v${at}`, true])),
  },
  '1,000 operations': { query: times(1_000, (at) => `query q${at} { readers { name } }`) },
  '1,000 unused fragments': {
    query: `{ readers { name } } ${times(1_000, (at) => `fragment f${at} on Reader { name }`)}`,
  },
  '190 unused fragments of 10 fields that all differ': {
    query: `{ readers { name } } ${times(190, (at) => `fragment f${at} on Reader { ${times(10, (field) => `x${at}y${field}`)} }`)}`,
  },
  '45,000 comments': { query: `{ readers { name } }${'#\n'.repeat(45_000)}` },
  'unknown fields after 95,000 lines': {
    query: `${'\n'.repeat(95_000)}{ ${times(500, (at) => `unknown${at}`)} }`,
  },
  '15 wrong fields after 95,000 lines': {
    query: `${'\n'.repeat(95_000)}{ ${times(15, (at) => `unknown${at}`)} }`,
  },
  'fields that conflict with each other in every way': {
    query: `{ reader(id: 1) { ${times(50, (at) => `favourites(first: ${at}) { ${times(30, (field) => `${field % 2 ? 'id' : 'title'}`)} }`)} } }`,
  },
  'fragments that conflict with each other in every way': {
    query: `{ reader(id: 1) { ${times(90, (at) => `...f${at}`)} } } ${times(90, (at) => `fragment f${at} on Reader { favourites(first: ${at}) { x${at}: title } name }`)}`,
  },
  'names that are almost right': {
    query: `{ reader(id: 1) { ${times(900, (at) => `favourite${hash(String(at))}`)} } }`,
  },
  'names of a thousand characters': { query: `{ ${times(15, (at) => `${'a'.repeat(1_000)}${at}`)} }` },
  'type definitions': { query: `{ readers { name } } ${times(1_500, (at) => `type T${at} { a: Int }`)}` },
  'deprecated directives of variables': { query: `query ($v: Int @a @b @c @d @e @f) { readers { name } }` },
  'a text full of escapes that are none': {
    query: `{ find(text: "${'\\u0041'.repeat(10_000)}\\u{110000}") { name } }`,
  },
  '45 operations of which none is chosen': { query: times(45, (at) => `query q${at} { readers { name } }`) },
};

/** These are valid and allowed. They only must not cost more than other requests. */
export const ALLOWED: Readonly<Record<string, Bomb>> = {
  'as many comments as lines': { query: `{ readers { name } }${'#\n'.repeat(9_900)}` },
  'a hundred thousand blanks': { query: `{ readers { name } }${' ,\t'.repeat(33_000)}` },
  'as many lines as tokens': { query: `{ readers { name } }${'\r\n'.repeat(4_900)}` },
  'a text full of escapes': { query: `{ find(text: "${'\\u0041'.repeat(15_000)}") { name } }` },
  'a block of 9,000 lines': { query: `{ find(text: """${'\n a'.repeat(9_000)}""") { name } }` },
  'a list of 9,900 genres': { query: `{ find(genres: [${'POEM '.repeat(9_900)}]) { name } }` },
  'a list of 9,000 genres in a variable': {
    query: 'query ($g: [Genre!]) { find(genres: $g) { name } }',
    variables: { g: Array.from({ length: 9_000 }, () => 'POEM') },
  },
  'an input object of depth 100 in a variable': {
    query: 'query ($f: Filter) { find(filter: $f) { name } }',
    variables: { f: nestedValue(100) },
  },
  'as many repetitions as are allowed': { query: `{ ${'reader(id: 1) { name } '.repeat(100)} }` },
  'as deep as is allowed, through entities': {
    query: `{ reader(id: 1) { ${'favourites(first: 1) { readers { '.repeat(3)} name ${'} } '.repeat(3)} } }`,
  },
  introspection: {
    query:
      '{ __schema { types { name fields(includeDeprecated: true) { name args { name type { name ofType { name ofType { name ofType { name } } } } } type { name ofType { name ofType { name } } } } } } }',
  },
  '30 types': {
    query: `{ ${times(15, (at) => `t${at}: __type(name: "Reader") { name fields { name type { name } } }`)} }`,
  },
};
