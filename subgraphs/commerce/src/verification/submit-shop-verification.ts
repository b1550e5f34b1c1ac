import { conflict, illegalTransition } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { ShopState } from '../shop/shop-state.ts';
import { namedShop, takeOwnShop } from '../shop/take-shop.ts';
import { ShopVerification, VerificationState } from './shop-verification.entity.ts';
import type { SubmitShopVerificationInput } from './shop-verification.inputs.ts';

/** Asks for a shop to be let in. @throws `CONFLICT` while nobody has decided about what was submitted before */
export async function submitShopVerification(
  work: CommerceWork,
  { shopId, legalName, registrationNumber }: SubmitShopVerificationInput,
): Promise<ShopVerification> {
  return work.transaction(async () => {
    const shop = await takeOwnShop(work, shopId);
    if (shop.state !== ShopState.PENDING_APPROVAL) throw illegalTransition('Shop', shop.state, ShopState.OPEN);
    // The shop is locked, so nobody submits another one meanwhile.
    const undecided = await work.em.count(ShopVerification, { shopId: shop.id, state: VerificationState.SUBMITTED });
    if (undecided > 0) throw conflict('The shop has asked already. Wait for the answer.');
    const verification = work.em.create(ShopVerification, {
      id: work.newId(),
      shopId: shop.id,
      organizationId: shop.organizationId,
      submittedBy: work.session.requireUser(),
      legalName: legalName.trim(),
      registrationNumber: registrationNumber.trim(),
      state: VerificationState.SUBMITTED,
      submittedAt: work.now(),
    });
    work.publish('shop.verification_submitted', { ...namedShop(shop), verificationId: verification.id });
    return verification;
  });
}
