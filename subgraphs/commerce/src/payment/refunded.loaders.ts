import { Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';

/** What was asked back of shares, and what is owed and could not be asked for yet; no more than there is of each. */
const REFUNDED = `
select part.id, part.order_id as "orderId", least(part.total, coalesce(share.refunded, 0) + coalesce((
    select sum(amount) from owed_refund owed where owed.shop_order_id = part.id and owed.state = 'OWED'
  ), 0))::float8 as refunded
from shop_order part
join customer_order whole on whole.id = part.order_id
left join payment_share share on share.payment_id = whole.payment_id and share.shop_id = part.shop_id
where part.COLUMN = any(?::uuid[])`;

interface Row {
  readonly id: string;
  readonly orderId: string;
  readonly refunded: number;
}

/** In minor units, of orders and parts of them that the caller was found to have. */
export function createRefundedLoaders({ em }: CommerceReader) {
  const by = (column: 'id' | 'order_id', key: 'id' | 'orderId') =>
    new DataLoader<string, number>(async (ids) => {
      const sql = REFUNDED.replace('COLUMN', column);
      const rows = await withRowScope(Session.system(), () => em.execute<Row[]>(sql, [`{${ids.join()}}`]));
      return ids.map((id) => rows.filter((row) => row[key] === id).reduce((sum, row) => sum + row.refunded, 0));
    });
  return { refundedOfOrder: by('order_id', 'orderId'), refundedOfShopOrder: by('id', 'id') };
}
