import type { PaymentProvider, ProviderName } from './payment.provider.ts';

/** Those there are. New payments go through the current one; older ones stay with the one that they were made with. */
export class PaymentProviders {
  constructor(
    readonly current: PaymentProvider,
    private readonly others: readonly PaymentProvider[],
  ) {}

  /** @throws Error when that provider is not set up any more */
  named(name: ProviderName): PaymentProvider {
    const found = [this.current, ...this.others].find((provider) => provider.name === name);
    if (!found) throw new Error(`The payment provider ${name} is not set up.`);
    return found;
  }
}
