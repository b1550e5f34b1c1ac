/** One consumer's wish to hear of one kind of event. */
export interface Subscription {
  /** `<subgraph>/<handler>` */
  readonly consumer: string;
  readonly event: string;
}

export function subscriptionsOf(
  subgraph: string,
  handlers: Readonly<Record<string, { readonly event: string }>>,
): Subscription[] {
  return Object.entries(handlers).map(([name, handler]) => ({ consumer: `${subgraph}/${name}`, event: handler.event }));
}

/** Whatever runs SQL with `$1` parameters. */
export interface SqlClient {
  query(text: string, values: unknown[]): Promise<unknown>;
}

export const SUBSCRIBE = `
insert into bus.subscription (consumer, event_name)
select * from unnest($1::text[], $2::text[])
on conflict do nothing`;

const UNSUBSCRIBE = `
delete from bus.subscription
where split_part(consumer, '/', 1) = $1
  and (consumer, event_name) not in (select * from unnest($2::text[], $3::text[]))`;

// What nobody will ever handle must not wait for ever. It stays readable, and can be retried after a roll-back.
const DISCARD_ORPHANS = `
update bus.delivery set status = 'discarded', finished_at = now(), last_error = 'The handler was removed.'
where subgraph = $1 and status = 'pending'
  and consumer not in (select consumer from bus.subscription)`;

/**
 * Makes these the only subscriptions of a subgraph. For migrations, which see the newest code: a replica that merely
 * starts may be an old one, and only adds.
 */
export async function replaceSubscriptions(
  admin: SqlClient,
  subgraph: string,
  subscriptions: readonly Subscription[],
): Promise<void> {
  const columns = columnsOf(subscriptions);
  await admin.query(SUBSCRIBE, columns);
  await admin.query(UNSUBSCRIBE, [subgraph, ...columns]);
  await admin.query(DISCARD_ORPHANS, [subgraph]);
}

export function columnsOf(subscriptions: readonly Subscription[]): [string[], string[]] {
  return [subscriptions.map(({ consumer }) => consumer), subscriptions.map(({ event }) => event)];
}
