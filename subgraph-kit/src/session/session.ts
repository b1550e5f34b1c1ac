import type { AccessTokenClaims } from '@supergraph/protocol';
import { forbidden, unauthenticated } from '../errors/domain.error.ts';

/**
 * Who is asking, as far as this request goes: nobody, a user acting for an organization, or the system itself when it
 * handles an event or a job.
 */
export class Session {
  readonly #permissions: ReadonlySet<string>;

  private constructor(
    readonly kind: 'anonymous' | 'user' | 'system',
    readonly claims: AccessTokenClaims | undefined,
    readonly organizationId: string | undefined,
  ) {
    this.#permissions = new Set(claims?.scope.split(' ').filter(Boolean));
  }

  static readonly anonymous = new Session('anonymous', undefined, undefined);

  static fromClaims(claims: AccessTokenClaims): Session {
    return new Session('user', claims, claims.org);
  }

  /** The system may do everything; `organizationId` says on whose behalf, where there is one. */
  static system(organizationId?: string): Session {
    return new Session('system', undefined, organizationId);
  }

  get isSystem(): boolean {
    return this.kind === 'system';
  }

  get userId(): string | undefined {
    return this.claims?.sub;
  }

  /** The sign-in session of the token, for "sign out here" and "sign out everywhere else". */
  get authSessionId(): string | undefined {
    return this.claims?.sid;
  }

  /** Who really acts: differs from `userId` while support works in a user's name. */
  get actorId(): string | undefined {
    return this.claims?.act?.sub ?? this.claims?.sub;
  }

  get organizationRole(): AccessTokenClaims['orgRole'] {
    return this.claims?.orgRole;
  }

  hasRole(role: string): boolean {
    return this.claims?.roles.includes(role) ?? false;
  }

  /** @param permission `domain:action` */
  can(permission: string): boolean {
    return this.isSystem || this.#permissions.has(permission);
  }

  /** Whether this is a machine with an API key: it works for an organization, and has no business with its maker's own. */
  get isMachine(): boolean {
    return this.kind === 'user' && !this.authSessionId;
  }

  /** Whether this is that very user. The system is nobody's self, and neither is a machine. */
  is(userId: string): boolean {
    return this.userId === userId && !this.isMachine;
  }

  /** The user's id, or `UNAUTHENTICATED`. For a machine it is its maker's, to name who is answerable. */
  requireUser(): string {
    if (!this.userId) throw unauthenticated();
    return this.userId;
  }

  /** The user's id for what is theirs alone, or `UNAUTHENTICATED`; `FORBIDDEN` for a machine. */
  requirePerson(): string {
    const userId = this.requireUser();
    if (this.isMachine) throw forbidden('An API key may not do this.');
    return userId;
  }

  /** The active organization's id, or `UNAUTHENTICATED` / `FORBIDDEN`. */
  requireOrganization(): string {
    if (!this.organizationId)
      throw this.kind === 'anonymous' ? unauthenticated() : forbidden('Choose an organization first.');
    return this.organizationId;
  }
}

/** Ends a use-case that its policy does not allow: `UNAUTHENTICATED` for a stranger, `FORBIDDEN` for anybody else. */
export function permit(session: Session, allowed: boolean): void {
  if (allowed) return;
  throw session.kind === 'anonymous' ? unauthenticated() : forbidden();
}
