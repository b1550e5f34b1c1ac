import { beforeEach, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { z } from 'zod';
import { Refusal } from '../guard/refusal.ts';
import { DocumentLimits } from './document.limits.ts';
import { type Limits, limitSettings } from './limit.settings.ts';

const defaults: Limits = z.object(limitSettings).parse({});
let limits: DocumentLimits;

beforeEach(() => {
  limits = new DocumentLimits(defaults);
});

/** The limit that a document breaks, with its maximum; or why else it was refused; or nothing. */
function broken(source: string, of: DocumentLimits = limits): unknown {
  return refusalOf(() => of.inspect(source));
}

function refusalOf(inspection: () => unknown): unknown {
  try {
    inspection();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { limit, maximum } = error.extensions;
    return limit === undefined ? error.message : [limit, maximum];
  }
}

const times = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => each(at)).join(' ');
const inside = (levels: number, field = 'a') => `${`${field} { `.repeat(levels - 1)}leaf${' }'.repeat(levels - 1)}`;
/** Fragments each of which has the next one twice: 2^levels fields. */
const doubling = (levels: number) =>
  `{ ...f0 } ${times(levels, (at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`)} fragment f${levels} on Query { a }`;

describe('Of a document', () => {
  it.each([
    ['the depth', `{ ${inside(15)} }`, `{ ${inside(16)} }`, ['depth', 15]],
    [
      'the depth through fragments',
      `{ ${inside(8).replace('leaf', 'b { ...F }')} } fragment F on A { ${inside(7)} }`,
      `{ ${inside(8).replace('leaf', 'b { ...F }')} } fragment F on A { ${inside(8)} }`,
      ['depth', 15],
    ],
    ['root fields', `{ ${times(20, (at) => `f${at}`)} }`, `{ ${times(21, (at) => `f${at}`)} }`, ['rootFields', 20]],
    [
      'root fields through fragments',
      `{ ${times(15, (at) => `f${at}`)} ...F } fragment F on Query { ${times(10, (at) => `f${at + 10}`)} }`,
      `{ ${times(15, (at) => `f${at}`)} ...F } fragment F on Query { ${times(10, (at) => `f${at + 12}`)} }`,
      ['rootFields', 20],
    ],
    [
      'aliases',
      `{ r { ${times(30, (at) => `a${at}: f`)} } }`,
      `{ r { ${times(31, (at) => `a${at}: f`)} } }`,
      ['aliases', 30],
    ],
    [
      'aliases in fragments, wherever these are used',
      `{ r { ...F } s { ...F } t { ...F } } fragment F on R { ${times(10, (at) => `a${at}: f`)} }`,
      `{ r { ...F } s { ...F } t { ...F } u { ...F } } fragment F on R { ${times(10, (at) => `a${at}: f`)} }`,
      ['aliases', 30],
    ],
    ['directives at one place', `{ a ${'@x '.repeat(5)} }`, `{ a ${'@x '.repeat(6)} }`, ['directivesPerPlace', 5]],
    [
      'directives of an operation',
      `query ${'@x '.repeat(5)} { a }`,
      `query ${'@x '.repeat(6)} { a }`,
      ['directivesPerPlace', 5],
    ],
    [
      'directives of a variable',
      `query ($a: A ${'@x '.repeat(5)}) { a }`,
      `query ($a: A ${'@x '.repeat(6)}) { a }`,
      ['directivesPerPlace', 5],
    ],
    [
      'directives of a fragment',
      `{ ...F } fragment F on Q ${'@x '.repeat(5)} { a }`,
      `{ ...F } fragment F on Q ${'@x '.repeat(6)} { a }`,
      ['directivesPerPlace', 5],
    ],
    [
      'directives',
      `{ r { ${times(50, (at) => `f${at} @x`)} } }`,
      `{ r { ${times(51, (at) => `f${at} @x`)} } }`,
      ['directives', 50],
    ],
    [
      'the same field at one place',
      `{ r { ${'a '.repeat(100)} } }`,
      `{ r { ${'a '.repeat(101)} } }`,
      ['repetitions', 100],
    ],
    [
      'the same field at one place, come there by many ways',
      `{ ${'r { a a } '.repeat(50)} }`,
      `{ ${'r { a a } '.repeat(51)} }`,
      ['repetitions', 100],
    ],
    [
      'selections',
      `{ r { ${times(2_999, (at) => `f${at}`)} } }`,
      `{ r { ${times(3_000, (at) => `f${at}`)} } }`,
      ['selections', 3000],
    ],
    ['selections after unfolding', doubling(6), doubling(12), ['selections', 3000]],
    [
      'fragments',
      `{ a } ${times(200, (at) => `fragment f${at} on Q { a }`)}`,
      `{ a } ${times(201, (at) => `fragment f${at} on Q { a }`)}`,
      ['fragments', 200],
    ],
    [
      'operations',
      times(50, (at) => `query o${at} { a }`),
      times(51, (at) => `query o${at} { a }`),
      ['operations', 50],
    ],
    [
      'variables',
      `query (${times(100, (at) => `$v${at}: Int`)}) { a }`,
      `query (${times(101, (at) => `$v${at}: Int`)}) { a }`,
      ['variables', 100],
    ],
    ['characters', `{ a }${' '.repeat(99_995)}`, `{ a }${' '.repeat(99_996)}`, ['documentLength', 100_000]],
    ['lines', `{ a }${'\n'.repeat(9_999)}`, `{ a }${'\r'.repeat(10_000)}`, ['lines', 10_000]],
    [
      'brackets inside each other',
      `{ a(b: ${'['.repeat(198)}${']'.repeat(198)}) }`,
      `{ a(b: ${'['.repeat(199)}${']'.repeat(199)}) }`,
      ['nesting', 200],
    ],
    [
      'selection sets inside each other',
      `{ ${'... { '.repeat(99)} a ${'} '.repeat(99)} }`,
      `{ ${'... { '.repeat(100)} a ${'} '.repeat(100)} }`,
      ['levels', 100],
    ],
  ] as const)('%s may be as much as the limit says, and no more', (_, allowed, tooMuch, limit) => {
    expect(broken(allowed)).toBeUndefined();
    expect(broken(tooMuch)).toEqual(limit);
  });

  it('every limit can be set', () => {
    const strict = new DocumentLimits({ ...defaults, maxDepth: 2, maxDocumentLength: 30 });
    expect(broken('{ a { b { c } } }', strict)).toEqual(['depth', 2]);
    expect(broken('{ a { b } }'.padEnd(31), strict)).toEqual(['documentLength', 30]);
  });

  it.each([1, 2, 3])('fragments that contain themselves through %s others are refused', (length) => {
    const cycle = times(length, (at) => `fragment f${at} on Q { a ...f${(at + 1) % length} }`);
    expect(broken(`{ ...f0 } ${cycle}`)).toBe('A fragment must not contain itself');
    expect(broken(`{ a } ${cycle}`)).toBe('A fragment must not contain itself');
  });

  it('two fragments of one name are refused: only one of them would be looked at', () => {
    expect(broken(`{ ...F } fragment F on Q { ${inside(30)} } fragment F on Q { a }`)).toMatch(/only one fragment/);
  });

  it('what no operation uses counts all the same, because validation looks at it', () => {
    const unused = doubling(12).replace('{ ...f0 } ', '{ a } ');
    expect(broken(unused)).toEqual(['selections', 3000]);
    expect(broken(`{ a } fragment F on Q { ${'a '.repeat(101)} }`)).toEqual(['repetitions', 100]);
    expect(broken(`{ a } query B { ${inside(16)} }`)).toEqual(['depth', 15]);
  });

  it.each([8, 12, 16, 20])('a bomb of 2^%s fields takes no longer than the document is long', (levels) => {
    const startedAt = performance.now();
    broken(doubling(levels));
    expect(performance.now() - startedAt).toBeLessThan(100);
  });

  it.each([
    ['behind a quote in a comment', `# "\n{ ${'a {'.repeat(3_000)}`],
    ['behind a block of text', `{ a(b: """\\\\" """ c: ${'['.repeat(5_000)}`],
  ])('no bracket hides %s', (_, source) => expect(broken(source)).toEqual(['nesting', 200]));

  it('brackets in texts and comments do not count', () => {
    expect(broken(`{ a(b: "${'['.repeat(500)}") } # ${'{'.repeat(500)}`)).toBeUndefined();
  });

  it('what does not parse is left to the parser, which tells the client where', () => {
    for (const source of ['{ a', '{ a(b: "\\u{110000}") }', '', '}'.repeat(500), 'a '.repeat(20_000)]) {
      expect(broken(source)).toBeUndefined();
    }
  });
});

describe('Introspection', () => {
  it.each([
    ['of GraphiQL', { inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true }],
    ['of tools that ask for everything', { oneOf: true, directiveIsRepeatable: true, inputValueDeprecation: true }],
  ])('%s passes', (_, options) => expect(broken(getIntrospectionQuery(options))).toBeUndefined());

  it('passes where the depth of operations is less', () => {
    expect(broken(getIntrospectionQuery(), new DocumentLimits({ ...defaults, maxDepth: 4 }))).toBeUndefined();
  });

  it.each([
    ['that goes round in circles', `{ __schema { types { fields { type { fields { name } } } } } }`],
    [
      'that goes round through arguments',
      `{ __schema { types { fields { args { type { inputFields { name } } } } } } }`,
    ],
    [
      'that begins at one type',
      `{ __type(name: "A") { fields { type { fields { type { possibleTypes { name } } } } } } }`,
    ],
    [
      'that hides in fragments',
      `{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...U } } } fragment U on __Type { fields { name } }`,
    ],
  ])('%s is refused', (_, source) => expect(broken(source)).toEqual(['introspectionNesting', 2]));

  it('of the same lists under many names is refused', () => {
    const lists = (count: number) => `{ __schema { ${times(count, (at) => `t${at}: types { name }`)} } }`;
    expect(broken(lists(15))).toBeUndefined();
    expect(broken(lists(16))).toEqual(['introspectionLists', 15]);
  });

  it('without end in its types is refused', () => {
    expect(broken(`{ __type(name: "A") { ${inside(19, 'ofType')} } }`)).toBeUndefined();
    expect(broken(`{ __type(name: "A") { ${inside(20, 'ofType')} } }`)).toEqual(['depth', 20]);
  });

  it('has no effect on fields that merely have the same names', () => {
    expect(broken(`{ shop { types { fields { types { fields { types { name } } } } } } }`)).toBeUndefined();
  });
});

describe('A batch', () => {
  const refused = (sources: readonly string[]) => refusalOf(() => limits.inspectBatch(sources));

  it('has ten operations at most', () => {
    expect(refused(Array.from({ length: 10 }, () => '{ a }'))).toBeUndefined();
    expect(refused(Array.from({ length: 11 }, () => '{ a }'))).toEqual(['batch', 10]);
  });

  it('asks for no more root fields, and no more selections, than one operation might', () => {
    const [three, two] = ['{ a b c }', '{ a b }'];
    expect(refused(Array.from({ length: 10 }, () => two))).toBeUndefined();
    expect(refused([three, ...Array.from({ length: 9 }, () => two)])).toEqual(['rootFields', 20]);
    expect(
      refused(Array.from({ length: 4 }, (_, batch) => `{ r { ${times(800, (at) => `f${batch}x${at}`)} } }`)),
    ).toEqual(['selections', 3000]);
  });

  it('holds each operation to its own limits', () => {
    expect(refused(['{ a }', `{ ${inside(16)} }`])).toEqual(['depth', 15]);
  });
});

describe('What was found out of a document', () => {
  it('is told again in an error of its own each time', () => {
    const thrown = [0, 1].map(() => {
      try {
        limits.inspect(`{ ${inside(16)} }`);
      } catch (error) {
        return error;
      }
    }) as Refusal[];
    expect(thrown[0]).not.toBe(thrown[1]);
    expect(thrown[0]!.toJSON()).toEqual(thrown[1]!.toJSON());
    expect(thrown[0]!.status).toBe(400);
  });

  it('need not be found out twice', () => {
    const source = `{ ${times(1_000, (at) => `r { f${at} }`)} }`.replaceAll('r {', '... {');
    const timeOf = () => {
      const startedAt = performance.now();
      limits.inspect(source);
      return performance.now() - startedAt;
    };
    limits = new DocumentLimits({ ...defaults, maxRootFields: 5_000 });
    const first = timeOf();
    expect(Math.min(...[0, 1, 2].map(timeOf))).toBeLessThan(first / 5);
  });
});
