import { createPageLoader, loadMany, loadOne, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { OrderItem } from './order-item.entity.ts';
import type { OrderListArguments } from './order.inputs.ts';
import { OrderStep } from './order-step.entity.ts';
import { Order } from './order.entity.ts';
import type { ShippingAddress } from './shipping-address.ts';
import { maySeeOrder, maySeeShopOrder } from './order.policy.ts';
import { ShopOrder } from './shop-order.entity.ts';

export function createOrderLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, Order);
  const parts = loadOne(em, ShopOrder);
  // What a guest sees of an order, they see by its token: whoever asks for what is in one has been found to have it.
  const whole = <Key, Value>(load: (keys: readonly Key[]) => Promise<(Value | Error)[]>) =>
    new DataLoader<Key, Value>((keys) => withRowScope(Session.system(), () => load(keys)));
  const shopOrders = loadMany(em, ShopOrder, { by: 'orderId', orderBy: { number: 'asc' } });
  const items = loadMany(em, OrderItem, { by: 'shopOrderId', orderBy: { id: 'asc' } });
  // Not that of `orderById`: what that one was not shown, it remembers.
  const orders = loadOne(em, Order);
  const steps = loadMany(em, OrderStep, {
    by: 'orderId',
    where: { shopOrderId: null },
    orderBy: { sequence: 'asc' },
  });
  const partSteps = loadMany(em, OrderStep, { by: 'shopOrderId', orderBy: { sequence: 'asc' } });
  const everyItem = loadOne(em, OrderItem);
  return {
    orderById: new DataLoader<string, Order | null>(async (ids) => {
      const found = await visible.loadMany([...ids]);
      return found.map((order) => (order instanceof Order && maySeeOrder(session, order) ? order : null));
    }),
    shopOrderById: new DataLoader<string, ShopOrder | null>(async (ids) => {
      const found = await parts.loadMany([...ids]);
      return found.map((order) => (order instanceof ShopOrder && maySeeShopOrder(session, order) ? order : null));
    }),
    ordersOfUser: createPageLoader<Order, OrderListArguments>(em, Order, {
      partitionBy: 'userId',
      list: ({ state }) => ({ ...(state && { where: { state } }), orderBy: { createdAt: 'desc' } }),
    }),
    /** For those who may list what a shop has: that has to be checked before. */
    ordersOfShop: createPageLoader<ShopOrder, OrderListArguments>(em, ShopOrder, {
      partitionBy: 'shopId',
      list: ({ state }) => ({ ...(state && { where: { state } }), orderBy: { createdAt: 'desc' } }),
    }),
    shopOrdersOfOrder: whole<string, ShopOrder[]>((ids) => shopOrders.loadMany([...ids])),
    itemsOfShopOrder: whole<string, OrderItem[]>((ids) => items.loadMany([...ids])),
    /** Of orders a part of which the caller was found to have: a shop sees no more of the whole than where to send it. */
    addressOfOrder: whole<string, ShippingAddress | null>(async (ids) => {
      const found = await orders.loadMany([...ids]);
      return found.map((order) => (order instanceof Order ? order.shippingAddress : null));
    }),
    isPlaced: whole<string, boolean>(async (ids) => {
      const found = await orders.loadMany([...ids]);
      return found.map((order) => order instanceof Order && Boolean(order.placedAt));
    }),
    stepsOfOrder: whole<string, OrderStep[]>((ids) => steps.loadMany([...ids])),
    stepsOfShopOrder: whole<string, OrderStep[]>((ids) => partSteps.loadMany([...ids])),
    /** Of a parcel or return that the caller was found to have. */
    orderItemById: whole<string, OrderItem>(async (ids) => {
      const found = await everyItem.loadMany([...ids]);
      return found.map((item) => item ?? new Error('There is no such item.'));
    }),
  };
}
