/** Why a session has ended. */
export enum SessionEnd {
  SignedOut = 'SIGNED_OUT',
  /** By its owner, from another session. */
  Revoked = 'REVOKED',
  /** A refresh token came a second time: somebody else has a copy. */
  Reuse = 'REUSE',
  PasswordChanged = 'PASSWORD_CHANGED',
  Suspended = 'SUSPENDED',
  Deleted = 'DELETED',
  ImpersonationEnded = 'IMPERSONATION_ENDED',
}
