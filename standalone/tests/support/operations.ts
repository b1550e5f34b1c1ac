import {
  buildASTSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));

/** The whole graph, as it is composed and committed. */
export const supergraph: GraphQLSchema = buildASTSchema(parse(readFileSync(file, 'utf8')), { assumeValidSDL: true });

/** A place in the arguments of a root field where a scalar goes. */
export interface Argument {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly field: GraphQLField<unknown, unknown>;
  /** Names from the argument inwards; a list stands for its first item. */
  readonly path: readonly string[];
  readonly scalar: string;
}

/** Every place of every query and mutation that a client can put a value of these scalars into. */
export function argumentsOf(scalars: readonly string[]): Argument[] {
  const roots = [
    ['query', supergraph.getQueryType()],
    ['mutation', supergraph.getMutationType()],
  ] as const;
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap((argument) =>
        placesIn(argument.type, [argument.name])
          .filter(({ scalar }) => scalars.includes(scalar))
          .map((place) => ({ kind, field, ...place })),
      ),
    ),
  );
}

function placesIn(type: GraphQLInputType, path: readonly string[]): { path: readonly string[]; scalar: string }[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [{ path, scalar: named.name }];
  return Object.values(named.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name]));
}

export const nameOf = ({ field, path }: Argument): string => [field.name, ...path].join('.');

/** Every root field, to be asked for without anything that is not required. */
export function rootFields(kind: Argument['kind']): Argument[] {
  const root = kind === 'query' ? supergraph.getQueryType() : supergraph.getMutationType();
  return Object.values(root?.getFields() ?? {}).map((field) => ({ kind, field, path: [], scalar: '' }));
}

/** One root field of an operation. */
export interface OperationPart {
  readonly declared: string;
  readonly selected: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An operation that is right in all but the value that is put into one place. */
export function operationWith(argument: Argument, value: unknown) {
  return operationOf(argument.kind, [operationPart(argument, value)]);
}

/** Several root fields of one kind, asked for together. */
export function operationOf(kind: string, parts: readonly OperationPart[]) {
  const declared = parts.flatMap((part) => part.declared || []).join(' ');
  const document = `${kind} ${declared && `(${declared})`} { ${parts.map(({ selected }) => selected).join(' ')} }`;
  return {
    document,
    variables: Object.assign({}, ...parts.map(({ variables }) => variables)) as Record<string, unknown>,
  };
}

/**
 * A root field that is asked for right in all but the value that is put into one place.
 *
 * @param selection what is selected of it; as little as can be unless told
 * @param alias its response name, which then also keeps its variables from those of others
 */
export function operationPart(
  { field, path }: Argument,
  value: unknown,
  selection = smallestSelection(getNamedType(field.type)),
  alias?: string,
): OperationPart {
  const prefix = alias ? `${alias}_` : '';
  const given = field.args.filter((argument) => isRequiredArgument(argument) || argument.name === path[0]);
  const passed = given.map(({ name }) => `${name}: $${prefix}${name}`).join(', ');
  return {
    declared: given.map(({ name, type }) => `$${prefix}${name}: ${type}`).join(' '),
    selected: `${alias ? `${alias}: ` : ''}${field.name}${passed && `(${passed})`} ${selection}`,
    variables: Object.fromEntries(
      given.map(({ name, type }) => [
        `${prefix}${name}`,
        sample(type, name, name === path[0] ? path.slice(1) : undefined, value),
      ]),
    ),
  };
}

const smallestSelection = (type: GraphQLNamedType): string =>
  isCompositeType(type) ? `{ ${countOf(type) ?? '__typename'} }` : '';

/** The field that says how many are in a list, or were changed. */
const countOf = (type: GraphQLNamedType): string | undefined =>
  ['totalCount', 'changedCount'].find((name) => isObjectType(type) && name in type.getFields());

/** A value that is right; `value` where the path leads, which ends at once when it is empty. */
function sample(type: GraphQLInputType, name: string, path: readonly string[] | undefined, value: unknown): unknown {
  if (isNonNullType(type)) return sample(type.ofType, name, path, value);
  if (isListType(type)) return [sample(type.ofType, name, path, value)];
  if (isInputObjectType(type)) {
    const wanted = Object.values(type.getFields()).filter(
      (field) => isRequiredInputField(field) || field.name === path?.[0],
    );
    return Object.fromEntries(
      wanted.map((field) => {
        const rest = field.name === path?.[0] ? path.slice(1) : undefined;
        return [field.name, sample(field.type, field.name, rest, value)];
      }),
    );
  }
  if (path) return value;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  return SAMPLES[name] ?? SAMPLES[type.name] ?? 'some text';
}

/** What is right in most places, by the name of the argument or of its scalar. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  ID: '01990000-0000-7000-8000-000000000001',
  Int: 1,
  Float: 1,
  Boolean: true,
  JSON: {},
  EmailAddress: 'somebody@example.com',
  URL: 'https://example.com/',
  DateTime: '2040-01-01T00:00:00Z',
  variables: { subject: 'A subject', dueAt: '2040-01-01T00:00:00Z' },
  code: 'SOME-CODE',
  CurrencyCode: 'CHF',
  CountryCode: 'CH',
  amount: 1,
  destination: 'test_account',
  idempotencyKey: 'a key',
  slug: 'shop-1',
  csv: 'sku,title,price\nA,A,1',
  url: 'https://example.com/picture',
  reason: 'Ticket 4711: no mail comes',
  password: 'correct horse battery staple',
  locale: 'en',
  start: '22:00',
  end: '07:00',
};
