import type { SearchCondition } from './search-condition.ts';
import { reading, type SteppedOrder } from './search-order.ts';
import { allOf, type SqlPart } from './sql-part.ts';

interface Walk {
  readonly order: SteppedOrder;
  /** From the end of the order to its beginning. */
  readonly backward?: boolean;
  /** What of the order is asked for: between two cursors. All of it unless told. */
  readonly between?: SqlPart;
  /** What to select of a row `e` besides its id, as `walked_id`. */
  readonly columns: string;
  readonly limit: number;
  /** What has to hold for any of it to be looked at. */
  readonly when?: string;
}

/**
 * A statement for the first rows of an order that fit, however much of the catalogue does: it goes from step to step of
 * the order, takes what fits in each from the index, and ends when there are enough.
 *
 * Nothing sorts the whole, which would take every step first. The rows come in order because a lateral join with a limit
 * in it can only be run as a loop over its left side; a test compares with a plain statement. What fits in a step is all
 * found before it is sorted, or the database might rather read the order itself until something fits.
 */
export function walkSteps(condition: SearchCondition, walk: Walk): SqlPart {
  const { order, backward = false, between = allOf([]), columns, limit, when = 'true' } = walk;
  const { column, steps } = order;
  const direction = reading(order, 'e.id', backward);
  const scope = scopeOf(condition, order);
  // From the cursor on, and only as far as there is anything.
  const end = (first: string) => `(select ${steps}_step(${column}) from listed_product e
    where ${scope.sql} and ${between.sql} order by ${first} limit 1)`;
  const ends = [...scope.params, ...between.params];
  const selected = [columns, `${column} as walked_by`, 'e.id as walked_id'].filter(Boolean).join(', ');
  return {
    sql: `select found.* from generate_series(
        ${end(direction)}, ${end(reading(order, 'e.id', !backward))}, ${order.descending === backward ? 1 : -1}
      ) as step cross join lateral (
        with fitting as materialized (
          select ${selected} from listed_product e
          where ${condition.indexed.sql} and ${between.sql} and e.marks @> array['${steps} ' || step]
        ) select * from fitting order by ${reading({ ...order, column: 'walked_by' }, 'walked_id', backward)} limit ${limit}
      ) found where ${when} limit ${limit}`,
    params: [...ends, ...ends, ...condition.indexed.params, ...between.params],
  };
}

/** What of a condition an order begins with in its index. */
export function scopeOf({ priceScope }: SearchCondition, { steps }: SteppedOrder): SqlPart {
  return steps === 'price' ? priceScope : allOf([]);
}
