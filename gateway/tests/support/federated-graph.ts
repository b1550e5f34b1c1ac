import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import type { GraphQLDataSource } from '@apollo/gateway';
import { type PlanNode, QueryPlanner } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { createLogger, ErrorCode } from '@supergraph/protocol';
import {
  buildASTSchema,
  execute,
  type ExecutionResult,
  type GraphQLFormattedError,
  parse,
  print,
  validate,
} from 'graphql';
import { publicError } from '../../src/errors/public-error.ts';
import { compileProgram } from '../../src/execution/compile-program.ts';
import type { Program, Variables } from '../../src/execution/program.ts';
import type { EngineName, LoadedGraph } from '../../src/graph/live-graph.ts';
import { withoutSecurityDirectives } from '../../src/graph/security-directives.ts';
import type { RequestContext } from '../../src/request-context.ts';
import { subgraphFailure } from '../../src/transport/subgraph.failure.ts';

type Call = Parameters<GraphQLDataSource['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

export interface Asked {
  readonly query: string;
  readonly variables?: Variables;
  /** Subgraphs that do not answer. */
  readonly down?: readonly string[];
}

export interface Answered {
  readonly data: unknown;
  /** As clients see them, without what only tells one run from another. */
  readonly errors: readonly GraphQLFormattedError[];
}

/** A supergraph with its subgraphs in this process, whose operations either engine can run. */
export class FederatedGraph {
  /** What subgraphs were asked, in order. */
  readonly calls: { subgraph: string; query: string; variables: Variables }[] = [];
  /** Answers that subgraphs give whatever they are asked. */
  readonly scripted = new Map<string, unknown>();
  readonly graph: Omit<LoadedGraph, 'engine'>;
  /** Kept, as the gateway keeps them: a program that remembers something of one run would show it in the next. */
  readonly #programs = new Map<string, Program>();
  readonly #hiddenFromApollo: string | undefined;
  #engine: EngineName = 'compiled';
  #down: ReadonlySet<string> = new Set();

  /**
   * `hiddenFromApollo` is the name of an interface that some subgraph knows as an object: Apollo's executor lets it take
   * the place of the object's own, and nulls the object.
   */
  constructor(
    schemas: Readonly<Record<string, string>>,
    resolvers: Readonly<Record<string, GraphQLResolverMap<unknown>>>,
    hiddenFromApollo?: string,
  ) {
    this.#hiddenFromApollo = hiddenFromApollo;
    const services = Object.entries(schemas).map(([name, sdl]) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(sdl),
    }));
    const { supergraphSdl, errors } = composeServices(services);
    if (!supergraphSdl) throw new Error(errors?.join('\n'));
    const annotated = parse(supergraphSdl);
    const supergraph = Supergraph.build(print(withoutSecurityDirectives(annotated)));
    this.graph = {
      revision: 1,
      apiSchema: supergraph.apiSchema().toGraphQLJSSchema(),
      supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
      annotatedSchema: buildASTSchema(annotated, { assumeValid: true }),
      queryPlanner: new QueryPlanner(supergraph),
      subgraphs: new Map(services.map(({ name, url }) => [name, { name, url }])),
      dataSources: new Map(
        services.map(({ name, typeDefs }) => [
          name,
          this.#source(name, buildSubgraphSchema({ typeDefs, resolvers: resolvers[name] ?? {} })),
        ]),
      ),
    };
  }

  /** What is wrong with a document, in the eyes of a client's schema. */
  faults(query: string): readonly string[] {
    return validate(this.graph.apiSchema, parse(query)).map(({ message }) => message);
  }

  async run(engine: EngineName, { query, variables = {}, down = [] }: Asked): Promise<Answered> {
    this.#down = new Set(down);
    this.#engine = engine;
    const program = this.#program(engine, query);
    const context = { logger: createLogger('gateway', 'silent') } as RequestContext;
    const { data, errors = [] } = await program.run({ variables, context, sources: this.graph.dataSources });
    // As it goes over the wire; some of what the engines make has no prototype.
    return JSON.parse(
      JSON.stringify({ data, errors: errors.map((error) => publicError(error.toJSON(), { suggestions: true })) }),
    );
  }

  #program(engine: EngineName, query: string): Program {
    const key = `${engine} ${query}`;
    const known = this.#programs.get(key);
    if (known) return known;
    const document = parse(query);
    const { queryPlanner } = this.graph;
    const plan = queryPlanner.buildQueryPlan(operationFromDocument(queryPlanner.supergraph.apiSchema(), document));
    const program = compileProgram({ ...this.graph, engine }, { document, plan: plan.node as PlanNode | undefined });
    this.#programs.set(key, program);
    return program;
  }

  #source(name: string, schema: ReturnType<typeof buildSubgraphSchema>): GraphQLDataSource {
    return {
      process: async (call: Call): Promise<Answer> => {
        const { query = '', variables = {} } = JSON.parse(JSON.stringify(call.request)) as Asked;
        this.calls.push({ subgraph: name, query, variables });
        if (this.#down.has(name)) return subgraphFailure(ErrorCode.SUBGRAPH_UNAVAILABLE, name, call);
        const result =
          this.scripted.get(name) ?? (await execute({ schema, document: parse(query), variableValues: variables }));
        const hidden = this.#engine === 'apollo' && 'representations' in variables ? this.#hiddenFromApollo : undefined;
        return JSON.parse(JSON.stringify(result), (_, value) => (value === hidden ? undefined : value)) as Answer &
          ExecutionResult;
      },
    };
  }
}
