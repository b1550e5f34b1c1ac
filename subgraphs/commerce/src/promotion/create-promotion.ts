import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { badUserInput, conflict, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { mayDecideAboutShops } from '../shop/shop.policy.ts';
import type { Shop } from '../shop/shop.entity.ts';
import { takeOwnShop } from '../shop/take-shop.ts';
import { Promotion } from './promotion.entity.ts';
import type { CreatePromotionInput } from './promotion.inputs.ts';

/** Makes a promotion of a shop or, for staff, of the platform. @throws `CONFLICT` for a code that was ever given */
export async function createPromotion(work: CommerceWork, input: CreatePromotionInput): Promise<Promotion> {
  const { shopId } = input;
  if (shopId) return work.transaction(async () => make(work, input, await takeOwnShop(work, shopId)));
  permit(work.session, mayDecideAboutShops(work.session));
  return asSystem(work, () => make(work, input));
}

function check(input: CreatePromotionInput, now: Date): void {
  const startsAt = input.startsAt ?? now;
  const problems = [
    ...(Boolean(input.rate) === Boolean(input.amount)
      ? [{ path: 'input.rate', message: 'Give either a rate or an amount.' }]
      : []),
    ...(input.endsAt && input.endsAt <= startsAt
      ? [{ path: 'input.endsAt', message: 'It has to end after it starts.' }]
      : []),
  ];
  if (problems.length > 0) throw badUserInput(problems);
}

async function make(work: CommerceWork, input: CreatePromotionInput, shop?: Shop): Promise<Promotion> {
  check(input, work.now());
  if (shop && shop.currency !== input.currency) {
    throw badUserInput([{ path: 'input.currency', message: `The shop sells in ${shop.currency}.` }]);
  }
  const now = work.now();
  const promotion = work.em.create(Promotion, {
    id: work.newId(),
    shopId: shop?.id ?? null,
    organizationId: shop?.organizationId ?? null,
    code: input.code.toUpperCase(),
    description: input.description.trim(),
    rate: input.rate ?? null,
    amount: input.amount ?? null,
    currency: input.currency,
    minimum: input.minimum,
    startsAt: input.startsAt ?? now,
    endsAt: input.endsAt ?? null,
    usageLimit: input.usageLimit ?? null,
    usedCount: 0,
    createdBy: work.session.requireUser(),
    createdAt: now,
    updatedAt: now,
  });
  try {
    await work.em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw conflict('This code is taken. Choose another one.');
  }
  return promotion;
}
