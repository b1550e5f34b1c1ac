import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { conflict, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { ShopState } from './shop-state.ts';
import { Shop } from './shop.entity.ts';
import type { RegisterShopInput } from './shop.inputs.ts';
import { mayWriteCommerce } from './shop.policy.ts';
import { publishShop } from './take-shop.ts';

/** Sets up a shop that only its own people see until it is let in. @throws `CONFLICT` for a slug that is taken */
export async function registerShop(work: CommerceWork, input: RegisterShopInput): Promise<Shop> {
  permit(work.session, mayWriteCommerce(work.session));
  const organizationId = work.session.requireOrganization();
  const ownerId = work.session.requireUser();
  return work.transaction(async () => {
    const shop = work.em.create(Shop, {
      id: work.newId(),
      organizationId,
      ownerId,
      name: input.name.trim(),
      slug: input.slug,
      description: input.description ?? '',
      currency: input.currency,
      country: input.country,
      taxRate: input.taxRate,
      pricesIncludeTax: input.pricesIncludeTax,
      returnDays: input.returnDays,
      commissionRate: work.services.commissionRate,
      state: ShopState.PENDING_APPROVAL,
      createdAt: work.now(),
      updatedAt: work.now(),
    });
    await claimSlug(work);
    publishShop(work, 'shop.registered', shop);
    return shop;
  });
}

/** Only the database knows of the shops that the caller may not see. */
async function claimSlug(work: CommerceWork): Promise<void> {
  try {
    await work.em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw conflict('This address is taken. Choose another one.');
  }
}
