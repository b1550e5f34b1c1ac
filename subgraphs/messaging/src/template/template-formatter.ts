/** Writes dates, amounts and numbers as the recipient reads them. */
export class TemplateFormatter {
  readonly #locale: string;
  readonly #timeZone: string;

  /** An unknown locale or time zone falls back to `en` and UTC: a message in plain English beats none. */
  constructor(locale: string, timeZone: string) {
    this.#locale = supported(() => new Intl.Locale(locale).toString()) ?? 'en';
    this.#timeZone = supported(() => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone) ?? 'UTC';
  }

  dateTime(iso: string): string {
    return new Intl.DateTimeFormat(this.#locale, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: this.#timeZone,
    }).format(new Date(iso));
  }

  /** @param amount minor units, as many to the major unit as the currency has */
  money({ amount, currency }: { amount: number; currency: string }): string {
    const format = new Intl.NumberFormat(this.#locale, { style: 'currency', currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(amount / 10 ** digits);
  }

  integer(value: number): string {
    return new Intl.NumberFormat(this.#locale).format(value);
  }
}

function supported(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
