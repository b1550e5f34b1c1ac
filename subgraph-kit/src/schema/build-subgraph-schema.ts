import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import type DataLoader from 'dataloader';
import { type GraphQLSchema, isObjectType, lexicographicSortSchema, parse } from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { GUARD_DIRECTIVES } from './guard-directives.ts';
import { entityTypes } from './entity-types.ts';
import { validateInput } from './validate-input.ts';

/** Finds an entity by the reference another subgraph sends: always a DataLoader, so references never cost a query each. */
export type ReferenceLoaders<Context> = Readonly<
  Record<string, (context: Context) => DataLoader<string, object | null>>
>;

export interface SchemaParts<Context> {
  readonly resolvers: readonly Function[];
  /** Classes no root field reaches but other subgraphs do. */
  readonly orphanedTypes?: readonly Function[];
  readonly references: ReferenceLoaders<Context>;
}

export interface SubgraphSchema {
  readonly schema: GraphQLSchema;
  /** What is composed and committed. */
  readonly sdl: string;
}

const PRELUDE = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.14"
    import: [
      "@key", "@shareable", "@external", "@requires", "@provides", "@tag", "@inaccessible", "@override", "@cost", "@listSize"
      "@authenticated", "@requiresScopes", "@policy", "@composeDirective"
    ]
  )
  @link(url: "https://specs.supergraph.example/guard/v1.0", import: ["@rateLimited", "@cacheControl"])
  @composeDirective(name: "@rateLimited")
  @composeDirective(name: "@cacheControl")

${GUARD_DIRECTIVES}`;

/** TypeGraphQL insists on one as soon as there is a subscription; ours all read from `live` through `subscribe`. */
const noTopics = {
  publish(topic: string): never {
    throw new Error(`Nothing is published to topic ${topic}: use live.publish.`);
  },
  subscribe(topic: string): never {
    throw new Error(`Nothing listens to topic ${topic}: give the subscription a subscribe function.`);
  },
};

/**
 * Turns resolver classes into a subgraph's schema.
 *
 * Refuses, with the names of all that is wrong, an entity (a type with a resolvable `@key`) that has no loader.
 */
export async function buildSchemaOf<Context>(parts: SchemaParts<Context>): Promise<SubgraphSchema> {
  const source = await buildSchema({
    resolvers: [...parts.resolvers] as NonEmptyArray<Function>,
    orphanedTypes: [...(parts.orphanedTypes ?? [])],
    validate: true,
    validateFn: validateInput,
    pubSub: noTopics,
    // Federation's directives are defined by the link above, not by this schema.
    skipCheck: true,
  });
  describeRoots(source);
  const sdl = `${PRELUDE}\n\n${printSchemaWithDirectives(lexicographicSortSchema(source))}\n`;
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema({ typeDefs, resolvers: createResolversMap(source) as never });
  attachReferences(schema, entityTypes(typeDefs), parts.references);
  return { schema, sdl };
}

/** The roots are shared by all subgraphs, and TypeGraphQL leaves them without a word. */
function describeRoots(schema: GraphQLSchema): void {
  const descriptions = [
    [schema.getQueryType(), 'What can be read.'],
    [schema.getMutationType(), 'What can be done. The fields of one operation run one after the other.'],
    [schema.getSubscriptionType(), 'What can be watched live. Events are hints: read by cursor what a gap may have hidden.'],
  ] as const;
  for (const [type, description] of descriptions) if (type) type.description = description;
}

function attachReferences<Context>(
  schema: GraphQLSchema,
  entities: ReadonlySet<string>,
  references: ReferenceLoaders<Context>,
): void {
  const missing = [...entities].filter((name) => !references[name]);
  if (missing.length > 0) throw new Error(`No reference loader for ${missing.join(', ')}: every @key type needs one.`);
  const unknown = Object.keys(references).filter((name) => !entities.has(name));
  if (unknown.length > 0) throw new Error(`Reference loaders for ${unknown.join(', ')}, which have no @key.`);
  for (const [name, loaderOf] of Object.entries(references)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is not an object type.`);
    type.extensions = {
      ...type.extensions,
      apollo: {
        subgraph: {
          resolveReference: (reference: { id: string }, context: Context) => loaderOf(context).load(reference.id),
        },
      },
    };
  }
}
