import type { IdentityWork } from '../context.ts';
import type { User } from '../user/user.entity.ts';
import { AuthSession } from './auth-session.entity.ts';
import { deviceOf } from './device-of.ts';
import { issueSessionTokens } from './session-tokens.ts';
import type { SessionTokens } from './session-tokens.type.ts';

/** However often it is refreshed, a session ends after this. */
const SESSION_LIFETIME_MS = 180 * 24 * 60 * 60_000;

const MAX_ADDRESS_LENGTH = 64;

export interface SessionOptions {
  readonly organizationId?: string;
  /** The member of staff who is to work in the user's name. */
  readonly impersonatorId?: string;
  readonly lifetimeMs?: number;
}

/**
 * Signs a user in on the device the request came from. Needs elevation and a transaction, in which the user is locked:
 * otherwise a session could begin while the account is being suspended or its password changed.
 */
export async function startSession(
  work: IdentityWork,
  user: User,
  { organizationId, impersonatorId, lifetimeMs = SESSION_LIFETIME_MS }: SessionOptions = {},
): Promise<SessionTokens> {
  const now = work.now();
  const device = deviceOf(work.userAgent);
  const newDevice = !impersonatorId && (await isNewDevice(work, user, device));
  const session = work.em.create(AuthSession, {
    id: work.newId(),
    userId: user.id,
    organizationId: organizationId ?? null,
    impersonatorId: impersonatorId ?? null,
    device,
    address: work.clientAddress?.slice(0, MAX_ADDRESS_LENGTH) ?? null,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + lifetimeMs),
  } as AuthSession);
  // Its refresh token points to it, which the ORM does not know.
  await work.em.flush();
  work.publish('session.started', {
    userId: user.id,
    sessionId: session.id,
    device,
    address: session.address ?? null,
    newDevice,
    startedAt: now.toISOString(),
  });
  return issueSessionTokens(work, user, session);
}

async function isNewDevice(work: IdentityWork, user: User, device: string): Promise<boolean> {
  const [row] = await work.em.execute<{ any: boolean; same: boolean }[]>(
    `select count(*) > 0 as any, coalesce(bool_or(device = ?), false) as same
     from auth_session where user_id = ? and impersonator_id is null`,
    [device, user.id],
  );
  return Boolean(row?.any && !row.same);
}
