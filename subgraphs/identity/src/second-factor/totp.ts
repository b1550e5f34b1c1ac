import { Secret, TOTP } from 'otpauth';

/** What a secret is sealed for. */
export const SECRET_PURPOSE = 'identity:second-factor';

const PERIOD_SECONDS = 30;

/** RFC 6238 with the parameters that every authenticator app understands, and some silently assume. */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS } as const;

/** Codes of the step before and after are taken too: people type slowly, and their clocks differ. */
const WINDOW = 1;

/** A new secret in base32, as people type it in. */
export function createTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What goes into the QR code. */
export function totpUrl(secret: string, issuer: string, account: string): string {
  return new TOTP({ ...SETTINGS, secret, issuer, label: account }).toString();
}

/**
 * The time step a code belongs to, if it is one of now. The caller must take each step only once: within its minute
 * and a half a code that was looked at over a shoulder is as good as new.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  const timestamp = now.getTime();
  const delta = TOTP.validate({
    ...SETTINGS,
    secret: Secret.fromBase32(secret),
    token: digits,
    timestamp,
    window: WINDOW,
  });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

/** The code an app would show; for tests and the seed. */
export function codeAt(secret: string, now: Date): string {
  return TOTP.generate({ ...SETTINGS, secret: Secret.fromBase32(secret), timestamp: now.getTime() });
}
