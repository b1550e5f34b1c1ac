import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { buildManifest } from './build-manifest.ts';
import { collectOperations } from './client-operations.ts';
import { readClientSources } from './client-sources.ts';

const schema = buildSchema(`
  type Query { me: User users(first: Int): [User!]! }
  type Mutation { rename(name: String!): User }
  type User { id: ID! name: String friends: [User!]! }
`);

const PROFILE = `import { gql } from '@apollo/client';
import { NAME } from './name.ts';

// A component.
export const PROFILE = gql\`
  query Profile {
    me { ...Name }
  }
  \${NAME}
\`;
export const Profile = <T,>(props: { value: T }) => <div>{String(props.value)}</div>;
`;

describe('The documents of a client folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'client-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  const collect = async () => {
    const { sources, problems } = await readClientSources(folder);
    const collected = collectOperations(schema, sources);
    const all = [...problems, ...collected.problems].map((problem) => problem.replaceAll(`${folder}/`, ''));
    return { ...collected, problems: all };
  };
  const manifest = async (typenames = false) => buildManifest((await collect()).operations, typenames);

  it('are found in files and in templates, with the fragments they need, wherever those are', async () => {
    await write({
      'Profile.tsx': PROFILE,
      'name.ts': 'export const NAME = graphql(`fragment Name on User { name friends { ...Id } }`);',
      'fragments/id.gql': 'fragment Id on User { id }',
      'queries/rename.graphql': 'mutation Rename($to: String!) { rename(name: $to) { id } }',
      'legacy.js': 'const gql = require("graphql-tag"); module.exports = gql`query Legacy { me { id } }`;',
    });
    const { operations } = await manifest();
    expect(operations.map(({ name, type }) => [name, type])).toEqual([
      ['Legacy', 'query'],
      ['Profile', 'query'],
      ['Rename', 'mutation'],
    ]);
    expect(operations[1]!.body.replaceAll(/\s+/g, ' ')).toBe(
      'query Profile { me { ...Name } } fragment Id on User { id } fragment Name on User { name friends { ...Id } }',
    );
    for (const { id, body } of operations) expect(id).toBe(createHash('sha256').update(body).digest('hex'));
  });

  it('come to the same manifest wherever their parts stand', async () => {
    await write({ 'a.graphql': 'query B { me { ...F ...E } } fragment F on User { id }\nfragment E on User { name }' });
    const before = await manifest();
    await rm(join(folder, 'a.graphql'));
    await write({
      'e.gql': 'fragment E on User { name }',
      'q.gql': 'query B { me { ...F ...E } }',
      'z.gql': 'fragment F on User { id }',
    });
    expect(await manifest()).toEqual(before);
  });

  it('get the names of types where that is wanted, below the root', async () => {
    await write({ 'a.graphql': 'query A { me { id friends { __typename } ...F } } fragment F on User { name }' });
    expect((await manifest(true)).operations[0]!.body.replaceAll(/\s+/g, ' ')).toBe(
      'query A { me { id friends { __typename } ...F __typename } } fragment F on User { name __typename }',
    );
  });

  it('are not looked for in what was built or installed', async () => {
    const text = 'query Hidden { me { id } }';
    await write({ 'node_modules/x/a.graphql': text, 'dist/a.graphql': text, '.next/a.graphql': text, 'b.txt': text });
    expect(await collect()).toEqual({ operations: [], unused: [], problems: [] });
  });

  it('are named with their file and line when the graph would not run them', async () => {
    await write({
      'broken.graphql': 'query Broken {\n  me {\n',
      'code.ts': '\n\nconst a = gql`\n  query Typo {\n    me { nmae }\n  }\n`;',
      'lost.graphql': 'query Lost { me { ...Missing } }',
      'nameless.graphql': '\n{ me { id } }',
      'schema.graphql': 'type Extra { id: ID }',
      'twice/a.graphql': 'query Twice { me { id } }',
      'twice/b.graphql': 'query Twice { me { name } }',
      'unreadable.ts': 'const = gql`query X { me { id } }`;',
      'used.graphql': 'query One { me { ...Wrong } } query Two { me { ...Wrong } }\nfragment Wrong on User { colour }',
    });
    const { problems } = await collect();
    expect(problems.map((problem) => /^[\w./]+(:\d+)?/.exec(problem)![0])).toEqual([
      'unreadable.ts',
      'broken.graphql:3',
      'code.ts:5',
      'lost.graphql:1',
      'nameless.graphql:2',
      'schema.graphql:1',
      'twice/b.graphql:1',
      'used.graphql:2',
    ]);
    expect(problems[2]).toContain('Cannot query field "nmae" on type "User"');
    expect(problems[6]).toContain('twice/a.graphql:1');
  });

  it('are told of when nothing uses them', async () => {
    await write({ 'a.graphql': 'query A { me { id } } fragment Old on User { id } fragment Older on User { ...Old }' });
    expect((await collect()).unused).toEqual(['Old', 'Older']);
  });
});
