export const MAX_LOCALE_LENGTH = 35;

const DEFAULT_LOCALE = 'en';

/** The language a client prefers, where it named one that exists. */
export function preferredLocale(tag: string | undefined): string {
  try {
    const [locale] = Intl.getCanonicalLocales(tag);
    return locale && locale.length <= MAX_LOCALE_LENGTH ? locale : DEFAULT_LOCALE;
  } catch {
    return DEFAULT_LOCALE;
  }
}
