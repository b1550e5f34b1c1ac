import { describe, expect, it } from '@jest/globals';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import type { LoadedGraph } from '../../graph/live-graph.ts';
import type { RequestContext } from '../../request-context.ts';
import { compileFetch } from './fetch.step.ts';
import type { PlanRun } from './plan-run.ts';
import type { Tree } from './tree.ts';

describe('A fetch', () => {
  const graph = {
    supergraphSchema: buildSchema(`
      type Query { media: [Media] }
      interface Media { id: ID! }
      type Book implements Media { id: ID! }
      type Film implements Media { id: ID! }`),
    queryPlanner: { supergraph: { subgraphs: () => new Map() } },
  } as unknown as LoadedGraph;
  const asked: Tree[] = [];

  async function run(node: Partial<FetchNode>, path: string[], root: Tree, data: (variables: Tree) => Tree) {
    const source = {
      async process({ request }: { request: { variables: Tree } }) {
        asked.splice(0, asked.length, request.variables);
        return { data: data(request.variables) };
      },
    } as unknown as GraphQLDataSource;
    const planRun: PlanRun = {
      root,
      errors: [],
      conditions: {},
      variables: { used: 1, unused: 2 },
      context: {} as RequestContext,
      sources: { get: () => source },
    };
    await compileFetch(graph, { kind: 'Fetch', serviceName: 's', operation: '', ...node } as FetchNode, path)(planRun);
    expect(planRun.errors).toEqual([]);
  }

  const entities = (nodes: Tree[]): FetchNode['requires'] =>
    nodes.map(({ on }) => ({
      kind: 'InlineFragment',
      typeCondition: on as string,
      selections: [
        { kind: 'Field', name: '__typename' },
        { kind: 'Field', name: 'id' },
      ],
    }));

  it('gives each place objects of its own, so that what is merged into one later is not found in the other', async () => {
    const root = { list: [{ query: {} }, { query: {} }] as { query: { a?: Tree } }[] };
    await run({}, ['list', '@', 'query'], root, () => ({ a: { x: 1 } }));
    root.list[0]!.query.a!['y'] = 2;
    expect(root).toEqual({ list: [{ query: { a: { x: 1, y: 2 } } }, { query: { a: { x: 1 } } }] });
  });

  it('does so too where two places are of one entity, which is asked about once', async () => {
    const book = () => ({ __typename: 'Book', id: '1' }) as Tree & { a?: Tree };
    const root = { list: [book(), book()] };
    await run({ requires: entities([{ on: 'Book' }]) }, ['list', '@'], root, () => ({ _entities: [{ a: { x: 1 } }] }));
    expect(asked[0]!['representations']).toEqual([book()]);
    root.list[0]!.a!['y'] = 2;
    expect(root.list.map(({ a }) => a)).toEqual([{ x: 1, y: 2 }, { x: 1 }]);
  });

  it('keeps two types apart that a subgraph knows as one', async () => {
    const root = {
      list: [
        { __typename: 'Book', id: '1' },
        { __typename: 'Film', id: '1' },
      ] as Tree[],
    };
    const setValueTo = 'Media';
    await run(
      {
        requires: entities([{ on: 'Media' }]),
        inputRewrites: [{ kind: 'ValueSetter', path: ['... on Media', '__typename'], setValueTo }],
      },
      ['list', '@'],
      root,
      () => ({ _entities: [{ __typename: 'Media', score: 1 }, { score: 2 }] }),
    );
    expect(root.list).toEqual([
      { __typename: 'Book', id: '1', score: 1 },
      { __typename: 'Film', id: '1', score: 2 },
    ]);
  });

  it('sends the variables that it uses, and nothing when there is nothing to ask about', async () => {
    await run({ variableUsages: ['used', 'absent'] }, [], {}, () => ({}));
    expect(asked).toEqual([{ used: 1 }]);
    asked.length = 0;
    await run({ requires: entities([{ on: 'Book' }]) }, ['list', '@'], { list: [null, { id: '1' }] }, () => ({}));
    await run({}, ['list', '@'], { list: [] }, () => ({}));
    expect(asked).toEqual([]);
  });
});
