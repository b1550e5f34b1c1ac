import { connectionOf } from '@supergraph/subgraph-kit';
import { Order } from './order.entity.ts';
import { ShopOrder } from './shop-order.entity.ts';

export const OrderConnection = connectionOf(Order);

export const ShopOrderConnection = connectionOf(ShopOrder);
