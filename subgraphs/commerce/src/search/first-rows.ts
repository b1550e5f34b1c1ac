import { marked, type SearchCondition } from './search-condition.ts';
import { reading, type SteppedOrder } from './search-order.ts';
import { allOf, type SqlPart } from './sql-part.ts';

export interface Wanted {
  readonly order: SteppedOrder;
  /** From the end of the order to its beginning. */
  readonly backward?: boolean;
  /** What of the order is asked for: between two cursors. All of it unless told. */
  readonly between?: SqlPart;
  /** What to select of a row `e` besides its id, as `found_id`, and what is sorted by, as `found_by`. */
  readonly columns: string;
  readonly limit: number;
  /** What has to hold for any of it to be looked at. */
  readonly when?: string;
}

/**
 * A statement for the first rows of an order that fit. What fits is always found before it is sorted: left to itself, the
 * database might rather read the order row by row until something fits.
 */
export function firstRows(condition: SearchCondition, wanted: Wanted): SqlPart {
  return condition.isRare ? sortAll(condition, wanted) : walkSteps(condition, wanted);
}

function sortAll({ rare }: SearchCondition, wanted: Wanted): SqlPart {
  const { order, between = allOf([]), when = 'true' } = wanted;
  return {
    sql: `with fitting as materialized (
        select ${selected(wanted)} from listed_product e where ${rare.sql} and ${between.sql} and ${when}
      ) ${sorted(order, wanted)}`,
    params: [...rare.params, ...between.params],
  };
}

/**
 * However much of the catalogue fits: goes from step to step of the order, takes what fits in each from the index, and
 * ends when there is enough.
 *
 * Nothing sorts the whole, which would take every step first. The rows come in order because a lateral join with a limit
 * in it can only be run as a loop over its left side; a test compares with a plain statement.
 */
function walkSteps(condition: SearchCondition, wanted: Wanted): SqlPart {
  const { order, backward = false, between = allOf([]), limit, when = 'true' } = wanted;
  const { column, steps } = order;
  const scope = scopeOf(condition, order);
  // From the cursor on, and only as far as there is anything.
  const end = (fromBehind: boolean) => `(select ${steps}_step(${column}) from listed_product e
    where ${scope.sql} and ${between.sql} order by ${reading(order, 'e.id', fromBehind)} limit 1)`;
  const inStep = marked([...condition.marks, { sql: `'${steps} ' || step`, params: [] }]);
  const ends = [...scope.params, ...between.params];
  return {
    sql: `select found.* from generate_series(${end(backward)}, ${end(!backward)}, ${order.descending === backward ? 1 : -1})
      as step cross join lateral (
        with fitting as materialized (
          select ${selected(wanted)} from listed_product e
          where ${condition.indexed.sql} and ${between.sql} and ${inStep.sql}
        ) ${sorted(order, wanted)}
      ) found where ${when} limit ${limit}`,
    params: [...ends, ...ends, ...condition.indexed.params, ...between.params, ...inStep.params],
  };
}

function selected({ order, columns }: Wanted): string {
  return [columns, `${order.column} as found_by`, 'e.id as found_id'].filter(Boolean).join(', ');
}

function sorted(order: SteppedOrder, { backward = false, limit }: Wanted): string {
  return `select * from fitting order by ${reading({ ...order, column: 'found_by' }, 'found_id', backward)} limit ${limit}`;
}

/** What of a condition an order begins with in its index. */
export function scopeOf({ priceScope }: SearchCondition, { steps }: SteppedOrder): SqlPart {
  return steps === 'price' ? priceScope : allOf([]);
}
