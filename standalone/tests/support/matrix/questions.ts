import { getNamedType, type GraphQLFormattedError, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import type { GraphClient } from '../graph.client.ts';
import { namedType } from '../named-type.ts';
import {
  type Argument,
  argumentsOf,
  operationOf,
  type OperationPart,
  operationPart,
  rootFields,
} from '../operations.ts';
import { SELDOM_TOLD } from './secrecy.ts';
import type { Tenants } from '../tenants.ts';

/** Enough to save requests, and few enough that an answer comes in time. */
export const TOGETHER = 10;

export interface Question {
  readonly field: string;
  readonly alias: string;
  readonly part: OperationPart;
}

export interface Reply {
  readonly field: string;
  readonly value: unknown;
  readonly errors: readonly GraphQLFormattedError[];
}

/** Every root field, asked for one thing of the first tenant's, or for all there are where it takes no id. */
export function questions(
  kind: 'query' | 'mutation',
  { ids }: Tenants,
  selection: (argument: Argument, index: number) => string | undefined,
): Question[] {
  const needsNone = rootFields(kind).filter(({ field }) => !field.args.some(({ type }) => String(type) === 'ID!'));
  const named = argumentsOf(['ID']).filter((argument) => argument.kind === kind);
  return [...needsNone, ...named].map((argument, index) => {
    const type = argument.path.length > 0 ? namedType(argument) : undefined;
    const alias = `q${index}`;
    const part = operationPart(argument, type && ids[type]![0]!, selection(argument, index), alias);
    return { field: argument.field.name, alias, part };
  });
}

/** Every subscription, each by itself, to one thing of the first tenant's or to whatever there is. */
export function subscriptions(schema: GraphQLSchema, { ids }: Tenants, selection: (type: GraphQLNamedType) => string) {
  const fields = Object.values(schema.getSubscriptionType()!.getFields());
  return fields
    .filter(({ name }) => !SELDOM_TOLD.has(name))
    .map((field) => {
      const path = field.args.filter(({ type }) => String(type) === 'ID!').map(({ name }) => name);
      const argument = { kind: 'subscription', field, path, scalar: path.length > 0 ? 'ID' : '' } as const;
      const type = path.length > 0 ? namedType(argument) : undefined;
      const part = operationPart(argument, type && ids[type]![0]!, selection(getNamedType(field.type)));
      return operationOf('subscription', [part]);
    });
}

/** Asks a few questions with each request, and gives the answers by field as if each had been asked alone. */
export async function ask(
  client: GraphClient,
  kind: 'query' | 'mutation',
  asked: readonly Question[],
): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (let at = 0; at < asked.length; at += TOGETHER) {
    const some = asked.slice(at, at + TOGETHER);
    const parts = some.map(({ part }) => part);
    const { document, variables } = operationOf(kind, parts);
    const { data, errors = [] } = await client.query(document, variables);
    if (!data) throw new Error(`There was no answer: ${JSON.stringify(errors)}`);
    for (const { field, alias } of some) {
      replies.push({ field, value: data[alias], errors: errors.filter(({ path }) => path?.[0] === alias) });
    }
  }
  return replies;
}
