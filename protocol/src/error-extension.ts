/**
 * Every key that `errors[].extensions` can have besides `code`, and what it means.
 *
 * The list is closed, because whatever throws an error may hang anything on it: a key that is not here does not reach a
 * client.
 */
export const ErrorExtension = {
  /** Seconds until another attempt can succeed. */
  retryAfter: 'retryAfter',
  /** What is wrong with the input: a list of `{ path, message }`. */
  fields: 'fields',
  /** The state that a step was to lead away from, and where to. */
  from: 'from',
  to: 'to',
  /** The version of what somebody else has changed meanwhile. */
  currentVersion: 'currentVersion',
  /** The part of the graph that did not answer. */
  subgraph: 'subgraph',
  /** The limit that was broken: its name, or what it allows. */
  limit: 'limit',
  maximum: 'maximum',
  /** What the operation would have cost. */
  cost: 'cost',
  /** How many errors like this there are besides. */
  more: 'more',
  /** Finds an error of ours in the logs. */
  correlationId: 'correlationId',
  /** What stands in the way, for a client that wants to lead there. */
  organizationId: 'organizationId',
  invitationId: 'invitationId',
} as const;

export type ErrorExtension = keyof typeof ErrorExtension;

/** What an error may tell besides its message and its code. */
export type ErrorDetails = Readonly<Partial<Record<ErrorExtension, unknown>>>;

/** Takes out of an error's extensions what may be told. */
export function toldExtensions(extensions: Readonly<Record<string, unknown>> = {}): ErrorDetails {
  const told: Partial<Record<ErrorExtension, unknown>> = {};
  for (const name of Object.keys(extensions)) {
    if (Object.hasOwn(ErrorExtension, name)) told[name as ErrorExtension] = extensions[name];
  }
  return told;
}
