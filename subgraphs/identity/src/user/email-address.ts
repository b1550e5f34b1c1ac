/** RFC 5321: no mailbox has a longer name. */
export const MAX_EMAIL_LENGTH = 254;

/**
 * The form in which addresses are compared. What stands before the `@` is case-sensitive on paper only; no provider
 * gives two people addresses that differ in nothing else.
 */
export function normaliseEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}
