import type { AnyEntity, EntityClass, EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';

/** Ids are UUIDs; anything else cannot exist, and must not reach a `uuid` column as an error. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Loads rows in batches by a column of UUIDs that is unique: one statement for all, `null` for what is missing or hidden. */
export function loadOne<Entity extends object>(
  em: EntityManager,
  entity: EntityClass<Entity>,
  options: { by?: keyof Entity & string; where?: FilterQuery<Entity> } = {},
): DataLoader<string, Entity | null> {
  const by = options.by ?? ('id' as keyof Entity & string);
  return new DataLoader(async (keys) => {
    const found = new Map((await findByKeys(em, entity, by, keys, options.where)).map((row) => [String(row[by]), row]));
    return keys.map((key) => found.get(key.toLowerCase()) ?? null);
  });
}

/** Loads short lists in batches by a column of UUIDs: one statement for all, in the order of `orderBy`. */
export function loadMany<Entity extends object>(
  em: EntityManager,
  entity: EntityClass<Entity>,
  options: { by: keyof Entity & string; where?: FilterQuery<Entity>; orderBy?: object },
): DataLoader<string, Entity[]> {
  return new DataLoader(async (keys) => {
    const rows = await findByKeys(em, entity, options.by, keys, options.where, options.orderBy);
    const groups = Map.groupBy(rows, (row) => String(row[options.by]));
    return keys.map((key) => groups.get(key.toLowerCase()) ?? []);
  });
}

async function findByKeys<Entity extends object>(
  em: EntityManager,
  entity: EntityClass<Entity>,
  by: string,
  keys: readonly string[],
  where: FilterQuery<Entity> | undefined,
  orderBy?: object,
): Promise<Entity[]> {
  const plausible = keys.filter((key) => UUID.test(key));
  if (plausible.length === 0) return [];
  const condition = { $and: [{ [by]: { $in: plausible } }, where ?? {}] } as unknown as FilterQuery<Entity>;
  return em.find(entity as EntityClass<AnyEntity>, condition as never, { orderBy } as never) as Promise<Entity[]>;
}

/**
 * Stands in for an entity of another subgraph that this one adds fields to: knows its id and nothing else, asks nobody.
 */
export function stubLoader<Stub extends { id: string }>(stub: new () => Stub): DataLoader<string, Stub | null> {
  return new DataLoader(async (ids) =>
    ids.map((id) => (UUID.test(id) ? Object.assign(new stub(), { id: id.toLowerCase() }) : null)),
  );
}
