import { createPageLoader, loadOne, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { StockLevel } from './stock-level.entity.ts';
import { StockMovement } from './stock-movement.entity.ts';
import { StockReservation } from './stock-reservation.entity.ts';
import type { StockReservationArguments } from './stock.inputs.ts';
import { maySeeStock } from './stock.policy.ts';
import { VariantAvailability } from './variant-availability.ts';

const AVAILABLE = 'select variant_id, available, low from stock_level where variant_id = any(?::uuid[])';

interface Available {
  readonly variant_id: string;
  readonly available: number;
  readonly low: boolean;
}

const NOTHING = { available: 0, low: true };

/** Stock, for those who may see it; for the others, what exists and what does not look the same. */
export function createStockLoaders({ em, session }: CommerceReader) {
  const seen = <Row extends { organizationId: string }>(loader: DataLoader<string, Row | null>) =>
    new DataLoader<string, Row | null>(async (keys) => {
      const rows = await loader.loadMany([...keys]);
      return rows.map((row) => (row && !(row instanceof Error) && maySeeStock(session, row) ? row : null));
    });
  return {
    stockLevelById: seen(loadOne(em, StockLevel)),
    stockLevelOfVariant: seen(loadOne(em, StockLevel, { by: 'variantId' })),
    stockMovementById: seen(loadOne(em, StockMovement)),
    stockReservationById: seen(loadOne(em, StockReservation)),
    /** For a variant that the caller sees: in rough terms it is everybody's to know. */
    availabilityOfVariant: new DataLoader<string, VariantAvailability>(async (ids) => {
      const rows = await withRowScope(Session.system(), () => em.execute<Available[]>(AVAILABLE, [`{${ids.join()}}`]));
      const levels = new Map(rows.map((row) => [row.variant_id, row]));
      return ids.map((id) => new VariantAvailability(levels.get(id) ?? NOTHING));
    }),
    movementsOfVariant: createPageLoader(em, StockMovement, {
      partitionBy: 'variantId',
      list: () => ({ orderBy: { sequence: 'desc' } }),
    }),
    reservationsOfVariant: createPageLoader<StockReservation, StockReservationArguments>(em, StockReservation, {
      partitionBy: 'variantId',
      list: ({ state }) => ({ where: { state }, orderBy: { createdAt: 'desc' } }),
    }),
  };
}
