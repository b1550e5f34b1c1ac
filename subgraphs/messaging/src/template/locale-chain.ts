/** The language every built-in template exists in. */
export const DEFAULT_LOCALE = 'en';

/** From the most specific to the least: `de-Latn-CH` → `de-Latn` → `de` → `en`. */
export function localeChain(locale: string): string[] {
  const [language = '', ...rest] = locale.split('-');
  const parts = [language.toLowerCase(), ...rest];
  const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('-')).filter(Boolean);
  return [...new Set([...chain, DEFAULT_LOCALE])];
}
