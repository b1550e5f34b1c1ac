/** How many digits a currency has after the point. */
function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount as people write it, such as `12.50`, in minor units; `undefined` for what is none in this currency. */
export function minorUnits(text: string, currency: string): number | undefined {
  const found = /^(\d{1,12})(?:[.,](\d{1,4}))?$/.exec(text);
  if (!found) return undefined;
  const [, whole, fraction = ''] = found;
  const digits = digitsOf(currency);
  if (fraction.length > digits) return undefined;
  // Digits put together, not a multiplication: that would round.
  const amount = Number(`${whole}${fraction.padEnd(digits, '0')}`);
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** Likewise the other way round, also below zero. */
export function decimalOf(amount: number, currency: string): string {
  const digits = digitsOf(currency);
  if (digits === 0) return String(amount);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  return `${amount < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
