/**
 * What identity lets others know. Dates are ISO strings; a `sealedToken` is sealed for the purpose `event:token`, so
 * that no token that opens an account lies readable in the event log.
 */
export interface IdentityEvents {
  'user.registered': UserContact & {
    readonly timeZone: string;
    /** The personal one. */
    readonly organizationId: string;
  };
  /** Somebody tried to register with the address of a user, who ought to hear of it: the answer did not tell. */
  'user.registration_repeated': UserContact;
  'user.verified': { readonly userId: string; readonly email: string };
  /** Also after a change of e-mail. */
  'user.profile_changed': UserContact & { readonly timeZone: string };
  'user.suspended': { readonly userId: string; readonly reason: string };
  'user.activated': { readonly userId: string };
  'user.platform_role_changed': { readonly userId: string; readonly role: string };
  /** Support works in the user's name, for 15 minutes. */
  'user.impersonated': { readonly userId: string; readonly impersonatorId: string; readonly reason: string };
  /** Others erase or anonymise what they hold about the user. */
  'user.deleted': { readonly userId: string };
  'user.persona_changed': { readonly userId: string; readonly persona: string };
  /** At registration, on request, and at a change of e-mail, when `email` is the new one. */
  'email_verification.requested': UserContact & MailedToken;
  'password_reset.requested': UserContact & MailedToken;
  'password.changed': { readonly userId: string };
  'session.started': {
    readonly userId: string;
    readonly sessionId: string;
    /** For people to recognise, for example `Firefox on Linux`. */
    readonly device: string;
    readonly address: string | null;
    /** The user has signed in before, but never with this kind of device. */
    readonly newDevice: boolean;
    readonly startedAt: string;
  };
  'session.revoked': { readonly userId: string; readonly sessionId: string; readonly reason: string };
  /** Those of somebody who is suspended, deleted or taken out of an organization end with that, and are not told of. */
  'api_key.revoked': { readonly userId: string; readonly apiKeyId: string };
  'organization.created': {
    readonly organizationId: string;
    readonly name: string;
    readonly ownerId: string;
    readonly personal: boolean;
  };
  'organization.renamed': { readonly organizationId: string; readonly name: string };
  /** Out of use. Its owners can have it back for 30 days, so nothing of it must be erased. */
  'organization.deleted': { readonly organizationId: string };
  'organization.restored': { readonly organizationId: string; readonly name: string };
  /** Gone for good. Others erase what they hold of it. */
  'organization.purged': { readonly organizationId: string };
  'invitation.sent': MailedToken & {
    readonly invitationId: string;
    readonly organizationId: string;
    readonly organizationName: string;
    readonly email: string;
    readonly inviterName: string;
    readonly role: string;
    readonly locale: string;
    /** Whoever has this address already. */
    readonly userId?: string;
  };
  'member.added': { readonly organizationId: string; readonly userId: string; readonly role: string };
  'member.role_changed': { readonly organizationId: string; readonly userId: string; readonly role: string };
  'member.removed': { readonly organizationId: string; readonly userId: string };
  /** What a role allows from now on; tokens tell of it within 15 minutes. */
  'role.changed': { readonly role: string; readonly permissions: readonly string[] };
  /** `plan` is the one that counts from now on: `FREE` once a subscription is cancelled. */
  'subscription.changed': { readonly userId: string; readonly plan: string; readonly status: string };
}

interface UserContact {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
}

interface MailedToken {
  readonly sealedToken: string;
  readonly expiresAt: string;
}

export const identityEventVersions: { readonly [Name in keyof IdentityEvents]: number } = {
  'user.registered': 1,
  'user.registration_repeated': 1,
  'user.verified': 1,
  'user.profile_changed': 1,
  'user.suspended': 1,
  'user.activated': 1,
  'user.platform_role_changed': 1,
  'user.impersonated': 1,
  'user.deleted': 1,
  'user.persona_changed': 1,
  'email_verification.requested': 1,
  'password_reset.requested': 1,
  'password.changed': 1,
  'session.started': 1,
  'session.revoked': 1,
  'api_key.revoked': 1,
  'organization.created': 1,
  'organization.renamed': 1,
  'organization.deleted': 1,
  'organization.restored': 1,
  'organization.purged': 1,
  'invitation.sent': 1,
  'member.added': 1,
  'member.role_changed': 1,
  'member.removed': 1,
  'role.changed': 1,
  'subscription.changed': 1,
};
