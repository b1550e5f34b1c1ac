/** What an address in the storefront looks like. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** An address made of a name: its letters without accents, in lower-case words. Empty when it has no such letters. */
export function slugOf(name: string, maxLength: number): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength + 1)
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, maxLength);
}
