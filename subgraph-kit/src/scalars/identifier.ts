import { notFound } from '../errors/domain.error.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of our ids, whatever it may identify. */
export function isIdentifier(text: string): boolean {
  return UUID.test(text);
}

/**
 * The id a client gave, in the form the database writes it. Nothing has an id of another form, so such a one is
 * `NOT_FOUND` like any other that does not exist; it must not reach a `uuid` column and come back as a fault of ours.
 */
export function parseId(noun: string, id: string): string {
  if (!isIdentifier(id)) throw notFound(noun);
  return id.toLowerCase();
}
