import type { Logger } from '@supergraph/protocol';
import {
  getArgumentValues,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { type CountedBy, parseCountedBy } from './counted-by.ts';
import { Limit } from './limit.ts';
import type { RateLimitSetting } from './rate-limit.setting.ts';

export interface FieldLimit {
  readonly limit: Limit;
  readonly by: readonly CountedBy[];
}

export type LimitOverrides = Readonly<Record<string, RateLimitSetting | 'off'>>;

type Field = GraphQLField<unknown, unknown>;

/** Which fields of a graph are limited, and how: as its subgraphs say with `@rateLimited`, and the operator instead. */
export class DeclaredLimits {
  /** Fields that may be limited, whatever type they are of: a document without any of these names needs no closer look. */
  readonly names: ReadonlySet<string>;
  readonly #byCoordinate: ReadonlyMap<string, readonly FieldLimit[]>;
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema, overrides: LimitOverrides, logger: Logger) {
    const byCoordinate = new Map<string, readonly FieldLimit[]>();
    const names = new Set<string>();
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const coordinate = `${type.name}.${field.name}`;
        const override = overrides[coordinate];
        const limits = override ? fromSetting(coordinate, override) : fromDirectives(schema, coordinate, field);
        if (limits.length === 0) continue;
        for (const { by } of limits) warnOfUnknownArguments(by, field, coordinate, logger);
        byCoordinate.set(coordinate, limits);
        names.add(field.name);
      }
    }
    this.#schema = schema;
    this.#byCoordinate = byCoordinate;
    this.names = names;
  }

  /** Of a field where it is selected on an interface or a union, also those that it has on the types behind it. */
  of(typeName: string, fieldName: string): readonly FieldLimit[] {
    const type = this.#schema.getType(typeName);
    const own = this.#byCoordinate.get(`${typeName}.${fieldName}`) ?? [];
    if (!isAbstractType(type)) return own;
    const behind = this.#schema.getPossibleTypes(type);
    return [...own, ...behind.flatMap(({ name }) => this.#byCoordinate.get(`${name}.${fieldName}`) ?? [])];
  }
}

/** The limit that an operator sets for a field, or for an operation by its name. */
export function fromSetting(name: string, setting: RateLimitSetting | 'off'): readonly FieldLimit[] {
  return setting === 'off' ? [] : [fieldLimit(name, setting)];
}

function fromDirectives(schema: GraphQLSchema, coordinate: string, { astNode }: Field): readonly FieldLimit[] {
  const definition = schema.getDirective('rateLimited');
  const uses = astNode?.directives?.filter(({ name }) => name.value === 'rateLimited') ?? [];
  if (!definition) return [];
  return uses.map((use) => fieldLimit(coordinate, getArgumentValues(definition, use) as unknown as RateLimitSetting));
}

function fieldLimit(name: string, { max, seconds, by }: RateLimitSetting): FieldLimit {
  return { limit: new Limit(name, max, seconds, by), by: parseCountedBy(by) };
}

function warnOfUnknownArguments(by: readonly CountedBy[], field: Field, coordinate: string, logger: Logger): void {
  for (const part of by) {
    if (typeof part === 'string' || field.args.some(({ name }) => name === part[0])) continue;
    logger.warn({ coordinate, argument: part.join('.') }, 'A rate is counted by an argument that there is not');
  }
}
