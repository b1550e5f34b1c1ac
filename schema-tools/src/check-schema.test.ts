import { beforeEach, describe, expect, test } from '@jest/globals';
import { checkSchema, type SchemaState } from './check-schema.ts';
import { composeSupergraph } from './compose-supergraph.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

const PEOPLE = `${LINK}
"The way in."
type Query {
  "Who is asking."
  me: Person
}

"A human being."
type Person @key(fields: "id") {
  "Stays the same for ever."
  id: ID!
  "What friends call them."
  nickname: String
}
`;

const LETTERS = `${LINK}
"A human being."
type Person @key(fields: "id") {
  "Stays the same for ever."
  id: ID!
  "How many letters they have not opened."
  unopened: Int!
}
`;

const SUBGRAPHS = [
  { name: 'people', routingUrl: 'http://localhost:1/graphql', schemaFile: 'schema/people.graphql' },
  { name: 'letters', routingUrl: 'http://localhost:2/graphql', schemaFile: 'schema/letters.graphql' },
];

describe('schema:check', () => {
  let committed: SchemaState;

  beforeEach(() => {
    committed = stateOf(PEOPLE);
  });

  test('is content when code, files and history agree', () => {
    expect(checkSchema(committed)).toEqual([]);
  });

  test('refuses code whose schema was not written down, and shows the difference', () => {
    const changed = PEOPLE.replace('nickname: String', 'nickname: String\n  "In full."\n  name: String');
    const problems = checkSchema({ ...committed, emitted: emittedOf(changed) });
    expect(problems).toEqual([
      'schema/people.graphql is not what the code says. Run "npm run schema:emit" and commit it.\n+   "In full."\n+   name: String',
      expect.stringMatching(/^schema\/supergraph\.graphql is not what the code says/),
    ]);
  });

  test('refuses a schema that was written down but not committed', () => {
    const changed = stateOf(PEOPLE.replace('What friends call them.', 'What everybody calls them.'));
    const problems = checkSchema({ ...changed, staged: committed.staged });
    expect(problems).toEqual([
      expect.stringMatching(/^schema\/people\.graphql has changes that are not committed/),
      expect.stringMatching(/^schema\/supergraph\.graphql has changes that are not committed/),
    ]);
  });

  test('asks nothing of git where there is none', () => {
    expect(checkSchema({ ...committed, staged: undefined })).toEqual([]);
  });

  test('refuses a supergraph that was composed from other subgraphs', () => {
    const written = new Map(committed.written).set('schema/supergraph.graphql', 'type Query { old: Int }\n');
    expect(checkSchema({ ...committed, written, staged: written })).toEqual([
      expect.stringMatching(/^schema\/supergraph\.graphql is not what the code says/),
    ]);
  });

  test('refuses a missing file and one that no subgraph owns', () => {
    const written = new Map(committed.written).set('schema/gone.graphql', 'type Gone { id: ID }\n');
    written.delete('schema/letters.graphql');
    expect(checkSchema({ ...committed, written })).toEqual([
      'schema/letters.graphql is missing. Run "npm run schema:emit" and commit it.',
      'schema/gone.graphql belongs to no subgraph of supergraph.yaml. Delete it.',
    ]);
  });

  test('refuses a breaking change, committed or not', () => {
    const changed = stateOf(PEOPLE.replace('nickname', 'callName'));
    const problems = checkSchema({ ...changed, baseSupergraph: committed.baseSupergraph });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^Breaking change: Person\.nickname was removed\. /);
  });

  test('accepts a breaking change that is listed, and only that one', () => {
    const changed = stateOf(PEOPLE.replace('nickname: String', 'nickname: Int').replace('me:', 'self:'));
    const problems = checkSchema({
      ...changed,
      baseSupergraph: committed.baseSupergraph,
      allowedChanges: '# Breaking changes\n\n- `Query.me was removed.` It is `self` now.\n',
    });
    expect(problems).toEqual([expect.stringMatching(/^Breaking change: Person\.nickname changed type/)]);
  });

  test('takes no example in the list for a permission', () => {
    const changed = stateOf(PEOPLE.replace('nickname', 'callName'));
    const problems = checkSchema({
      ...changed,
      baseSupergraph: committed.baseSupergraph,
      allowedChanges: '```md\n- `Person.nickname was removed.` As an example.\n```\n',
    });
    expect(problems).toHaveLength(1);
  });

  test('finds nothing to break before the first supergraph', () => {
    expect(checkSchema({ ...committed, baseSupergraph: undefined })).toEqual([]);
  });

  test('names everything that has no description', () => {
    const undescribed = stateOf(PEOPLE.replace('"What friends call them."', '').replace('"A human being."', ''));
    expect(checkSchema(undescribed)).toEqual([
      'Person in people has no description.',
      'Person.nickname in people has no description.',
    ]);
  });

  test('refuses a root field of which nobody has said who it is for', () => {
    const undecided = stateOf(PEOPLE.replace('me: Person', 'me: Person\n  "All."\n  everybody: Int'));
    expect(checkSchema(undecided)).toEqual([
      expect.stringMatching(/^Query\.everybody in people must say who it is for/),
    ]);
    expect(checkSchema({ ...committed, forEverybody: new Set(['Query.me', 'Query.gone']) })).toEqual([
      expect.stringMatching(/^Query\.gone is in .* and in no subgraph/),
    ]);
  });

  test('says in words why subgraphs do not compose', () => {
    const clashing = stateOf(PEOPLE.replace('nickname: String', 'unopened: Int!'));
    expect(checkSchema(clashing)).toEqual([
      expect.stringMatching(/^The subgraphs do not compose\. INVALID_FIELD_SHARING: .*Person\.unopened/),
    ]);
  });

  test('refuses a list of subgraphs that is not the one in the code', () => {
    const emitted = new Map([
      ['people', PEOPLE],
      ['parcels', LETTERS],
    ]);
    expect(checkSchema({ ...committed, emitted })).toEqual([
      'supergraph.yaml lists letters, which has no code.',
      'parcels is not listed in supergraph.yaml.',
    ]);
  });
});

function emittedOf(people: string): Map<string, string> {
  return new Map([
    ['people', people],
    ['letters', LETTERS],
  ]);
}

/** A repository in which everything agrees that this is the schema of `people`. */
function stateOf(people: string): SchemaState {
  const emitted = emittedOf(people);
  const { supergraph } = composeSupergraph(SUBGRAPHS.map((entry) => ({ ...entry, sdl: emitted.get(entry.name)! })));
  const files = new Map(SUBGRAPHS.map((entry) => [entry.schemaFile, emitted.get(entry.name)!]));
  if (supergraph) files.set('schema/supergraph.graphql', supergraph);
  return {
    subgraphs: SUBGRAPHS,
    emitted,
    written: files,
    staged: files,
    baseSupergraph: supergraph,
    allowedChanges: '',
    forEverybody: new Set(['Query.me', 'Query.self'].filter((each) => people.includes(` ${each.split('.')[1]}:`))),
  };
}
