import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChangingOperations, findProvenOperations } from './proven-operations.mjs';
import { ROOT } from './toolchain.mjs';

const SUPERGRAPH = readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8');

/** Tests in which a client talks to the whole graph through its gateway. */
function stories() {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'standalone/tests'],
    { cwd: ROOT },
  );
  const files = [...new Set(listed.toString().split('\0'))].filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
}

test('Every mutation and subscription of the graph succeeds in a story through the gateway', () => {
  const proven = findProvenOperations(stories());
  const owned = findChangingOperations(SUPERGRAPH);
  expect([...owned.keys()]).toEqual(expect.arrayContaining(['COMMERCE', 'IDENTITY', 'MESSAGING', 'PLATFORM']));
  const unproven = [...owned].flatMap(([subgraph, names]) =>
    names.filter((name) => !proven.has(name)).map((name) => `${subgraph}: ${name}`),
  );
  expect(unproven).toEqual([]);
});

describe('What succeeds in a test is', () => {
  const proven = (...sources) =>
    [...findProvenOperations(Object.fromEntries(sources.map((text, index) => [`tests/${index}.ts`, text])))].toSorted();

  test('a mutation that fails the test unless it succeeds', () => {
    expect(proven(`await client.queryData('mutation { a, b(input: {}) { id } }')`)).toEqual(['a', 'b']);
    expect(proven(`await client.query('mutation { a }')`)).toEqual([]);
    expect(proven(`await expect(client.queryData('mutation { a }')).rejects.toThrow()`)).toEqual([]);
    expect(proven(`await client.queryData('{ a }'); await client.queryData('{ a ')`)).toEqual([]);
  });

  test('a subscription that is waited for', () => {
    expect(proven(`const ear = await hear(client, 'subscription ($id: ID!) { a(id: $id) { id } }', { id })`)).toEqual([
      'a',
    ]);
    expect(proven(`await eavesdrop(client, 'subscription { a }')`)).toEqual([]);
    expect(proven(`await client.queryData('subscription { a }')`)).toEqual([]);
  });

  test('also a document that is put together, near by or elsewhere', () => {
    expect(
      proven(`
        const FIELDS = '{ id }';
        const DO = \`mutation ($input: A!) { a(input: $input) \${FIELDS} }\`;
        it('', () => client.queryData(DO, { input }));
        it('', () => { const DO = 'mutation ' + '{ b { id } }'; return client.queryData(DO); });
        it('', () => client.queryData(\`mutation { c { \${[1, 2].map(String)} } }\`));
      `),
    ).toEqual(['a', 'b', 'c']);
    expect(
      proven(`export const DO = 'mutation { a }';`, `import { DO as IT } from './0.ts'; client.queryData(IT);`),
    ).toEqual(['a']);
  });

  test('what a function is told to do, but not what something else of that name is', () => {
    const does = `
      export async function does(client: Client, mutation: string, input: object) {
        const document = \`mutation ($input: \${typeOf(mutation)}!) { \${mutation}(input: $input) \${selection} }\`;
        return (await client.queryData(document, { input }))[mutation];
      }`;
    const change = (body) => `import { does } from './0.ts'; const change = (name: string, input = {}) => ${body};`;
    expect(
      proven(does, `import { does as it } from './0.ts'; it(client, 'a', {}); it(client, some.name, {});`),
    ).toEqual(['a']);
    expect(proven(does, `${change('does(client, name, input)')} change('a'); change('b', {});`)).toEqual(['a', 'b']);
    expect(proven(does, `${change('other(client, name, input)')} change('a');`)).toEqual([]);
    expect(proven(does, `does(client, 'a', {}); graph.does(client, 'b')`)).toEqual([]);
  });

  test('held against what the graph has', () => {
    const all = findChangingOperations(`
      type Query { a: Int }
      type Mutation @join__type(graph: A) @join__type(graph: B) { x: Int @join__field(graph: A)  y: Int }
      type Subscription @join__type(graph: B) { z: Int }`);
    expect(Object.fromEntries(all)).toEqual({ A: ['x', 'y'], B: ['y', 'z'] });
  });
});
