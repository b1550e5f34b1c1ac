import { changePlatformRole } from './administration/change-platform-role.ts';
import { changeUserPlan } from './administration/change-user-plan.ts';
import { impersonateUser } from './administration/impersonate-user.ts';
import { listImpersonations } from './administration/list-impersonations.ts';
import { searchUsers } from './administration/search-users.ts';
import { activateUser, revokeUserSessions, suspendUser } from './administration/suspend-user.ts';
import { listUserSessions, revokeUserSession } from './administration/user-sessions.ts';
import { createApiKey } from './api-key/create-api-key.ts';
import { createApiToken } from './api-key/create-api-token.ts';
import { revokeApiKey } from './api-key/revoke-api-key.ts';
import { completeSignIn } from './auth-session/complete-sign-in.ts';
import { refreshSession } from './auth-session/refresh-session.ts';
import { revokeOtherSessions, revokeSession } from './auth-session/revoke-session.ts';
import { signIn } from './auth-session/sign-in.ts';
import { signOut } from './auth-session/sign-out.ts';
import { changePassword } from './credential/change-password.ts';
import { requestPasswordReset } from './credential/request-password-reset.ts';
import { resetPassword } from './credential/reset-password.ts';
import { requestEmailChange } from './email-verification/request-email-change.ts';
import { resendVerification } from './email-verification/resend-verification.ts';
import { verifyEmail } from './email-verification/verify-email.ts';
import { acceptInvitation, declineInvitation } from './invitation/answer-invitation.ts';
import { inviteMember } from './invitation/invite-member.ts';
import { listMyInvitations } from './invitation/list-my-invitations.ts';
import { resendInvitation } from './invitation/resend-invitation.ts';
import { revokeInvitation } from './invitation/revoke-invitation.ts';
import { changeMemberRole } from './membership/change-member-role.ts';
import { leaveOrganization } from './membership/leave-organization.ts';
import { removeMember } from './membership/remove-member.ts';
import { transferOwnership } from './membership/transfer-ownership.ts';
import { createOrganization } from './organization/create-organization.ts';
import { deleteOrganization } from './organization/delete-organization.ts';
import { renameOrganization } from './organization/rename-organization.ts';
import { listRestorableOrganizations, restoreOrganization } from './organization/restore-organization.ts';
import { switchOrganization } from './organization/switch-organization.ts';
import { cancelMySubscription, resumeMySubscription } from './plan/cancel-subscription.ts';
import { listPlans } from './plan/list-plans.ts';
import { listPermissions, listRoles } from './role/list-roles.ts';
import { listUserPermissions } from './role/list-user-permissions.ts';
import { setRolePermissions } from './role/set-role-permissions.ts';
import { confirmSecondFactor } from './second-factor/confirm-second-factor.ts';
import { disableSecondFactor } from './second-factor/disable-second-factor.ts';
import { enrolSecondFactor } from './second-factor/enrol-second-factor.ts';
import { regenerateRecoveryCodes } from './second-factor/regenerate-recovery-codes.ts';
import { deleteAccount } from './user/delete-account.ts';
import { exportAccount } from './user/export-account.ts';
import { findUser } from './user/find-user.ts';
import { registerUser } from './user/register-user.ts';
import { updatePersona } from './user/update-persona.ts';
import { updateProfile } from './user/update-profile.ts';

/** Everything somebody can get done here, by the name resolvers call it. */
export const useCases = {
  acceptInvitation,
  activateUser,
  cancelMySubscription,
  changeMemberRole,
  changePassword,
  changePlatformRole,
  changeUserPlan,
  completeSignIn,
  confirmSecondFactor,
  createApiKey,
  createApiToken,
  createOrganization,
  declineInvitation,
  deleteAccount,
  deleteOrganization,
  disableSecondFactor,
  enrolSecondFactor,
  exportAccount,
  findUser,
  impersonateUser,
  inviteMember,
  leaveOrganization,
  listImpersonations,
  listMyInvitations,
  listPermissions,
  listPlans,
  listRestorableOrganizations,
  listRoles,
  listUserPermissions,
  listUserSessions,
  refreshSession,
  regenerateRecoveryCodes,
  registerUser,
  removeMember,
  renameOrganization,
  requestEmailChange,
  requestPasswordReset,
  resendInvitation,
  resendVerification,
  resetPassword,
  restoreOrganization,
  resumeMySubscription,
  revokeApiKey,
  revokeInvitation,
  revokeOtherSessions,
  revokeSession,
  revokeUserSession,
  revokeUserSessions,
  searchUsers,
  setRolePermissions,
  signIn,
  signOut,
  suspendUser,
  switchOrganization,
  transferOwnership,
  updatePersona,
  updateProfile,
  verifyEmail,
};
