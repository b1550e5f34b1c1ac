import { createHash } from 'node:crypto';
import {
  type EntityKey,
  type EntityManager,
  type EntityName,
  type EntityProperty,
  type QBFilterQuery,
  raw,
  type RawQueryFragment,
} from '@mikro-orm/postgresql';

export type Direction = 'asc' | 'desc';

/** Properties to sort by, the most significant first. They must be columns that are never null, under an index. */
export type PageOrder<Entity> = { readonly [Property in EntityKey<Entity>]?: Direction };

/** The alias of the entity's table in every statement of a page. */
export const ROW = 'e';

export interface SortColumn {
  /** Quoted, with the table's alias. */
  readonly sql: string;
  readonly direction: Direction;
}

/**
 * A total order of an entity's rows: the columns asked for, then the primary key to decide between equals, in the
 * direction of the last column so that one index serves both ways.
 */
export class SortOrder<Entity extends object> {
  /** Changes with the entity, the columns and their directions. */
  readonly fingerprint: string;
  readonly #columns: readonly SortColumn[];

  constructor(em: EntityManager, entity: EntityName<Entity>, orderBy: PageOrder<Entity>) {
    const meta = em.getMetadata().get(entity);
    const asked = Object.entries(orderBy) as [EntityKey<Entity>, Direction][];
    const last = asked.at(-1)?.[1] ?? 'asc';
    const ties = meta.primaryKeys.filter((key) => !(key in orderBy)).map((key) => [key, last] as const);
    const sorted = [...asked, ...ties].map(([name, direction]) => ({
      property: meta.properties[name],
      name,
      direction,
    }));
    this.#columns = sorted.flatMap(({ property, name, direction }) =>
      columnsOf(property, `${meta.className}.${name}`).map((column) => ({
        sql: em.getPlatform().quoteIdentifier(`${ROW}.${column}`),
        direction,
      })),
    );
    const identity = [meta.className, ...this.#columns.map(({ sql, direction }) => `${sql} ${direction}`)].join();
    this.fingerprint = createHash('sha256').update(identity).digest('base64url').slice(0, 8);
  }

  get length(): number {
    return this.#columns.length;
  }

  /** The order in which to read a page: reversed for one that is counted from the end. */
  reading(backward: boolean): readonly SortColumn[] {
    return this.#columns.map(({ sql, direction }) => ({ sql, direction: backward ? opposite(direction) : direction }));
  }

  /** The sort values of a row as text, which is what a cursor keeps. */
  get values(): string {
    return `array[${this.#columns.map(({ sql }) => `${sql}::text`).join(', ')}]`;
  }

  /** The rows strictly after or before the one that has these values. */
  beyond(values: readonly string[], side: 'after' | 'before'): QBFilterQuery<Entity> {
    const uniform = this.#columns.every(({ direction }) => direction === this.#columns[0]!.direction);
    const condition = uniform ? this.#rowComparison(values, side) : this.#nested(values, side, 0);
    // As a key, not as a condition of its own: the ORM would put the values of the latter into the statement's text,
    // where a question mark within them counts as a placeholder.
    return { [condition as never]: [] } as QBFilterQuery<Entity>;
  }

  #rowComparison(values: readonly string[], side: 'after' | 'before'): RawQueryFragment {
    const columns = this.#columns.map(({ sql }) => sql).join(', ');
    const marks = values.map(() => '?').join(', ');
    return raw(`(${columns}) ${operator(this.#columns[0]!.direction, side)} (${marks})`, [...values]);
  }

  /** `a >= x and (a > x or b < y)`: PostgreSQL cannot compare whole rows in mixed directions. */
  #nested(values: readonly string[], side: 'after' | 'before', from: number): RawQueryFragment {
    const { sql, direction } = this.#columns[from]!;
    const past = operator(direction, side);
    const value = values[from]!;
    if (from === this.#columns.length - 1) return raw(`${sql} ${past} ?`, [value]);
    const rest = this.#nested(values, side, from + 1);
    return raw(`(${sql} ${past}= ? and (${sql} ${past} ? or ${rest.sql}))`, [value, value, ...rest.params]);
  }
}

function columnsOf(property: EntityProperty | undefined, name: string): readonly string[] {
  if (!property?.fieldNames?.length || property.persist === false) {
    throw new Error(`A list cannot be sorted by ${name}: it is not a column.`);
  }
  // A comparison with null is neither true nor false, so rows would be lost between two pages.
  if (property.nullable) throw new Error(`A list cannot be sorted by ${name}: it can be null.`);
  return property.fieldNames;
}

function operator(direction: Direction, side: 'after' | 'before'): '>' | '<' {
  return (direction === 'asc') === (side === 'after') ? '>' : '<';
}

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc';
}
