/** The PostgreSQL role a subgraph works under. Roles are of the whole server, hence the prefix. */
export function roleOf(subgraph: string): string {
  return `supergraph_${subgraph}`;
}

/**
 * The URL a subgraph connects with: the given one, narrowed to its own role from the first statement on.
 *
 * A login that is already a member of that role only, named by `<NAME>_DATABASE_URL`, narrows it for good; see
 * `docs/decisions/0005-one-role-per-subgraph.md`.
 */
export function connectAs(url: string, subgraph: string): string {
  const narrowed = new URL(url);
  narrowed.searchParams.set('options', `-c role=${roleOf(subgraph)} -c search_path=${subgraph}`);
  return narrowed.href;
}
