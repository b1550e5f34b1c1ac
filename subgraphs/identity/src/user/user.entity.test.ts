import { describe, expect, test } from '@jest/globals';
import { PlatformRole } from '../role/platform-role.ts';
import { User } from './user.entity.ts';
import { UserStatus } from './user-status.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

function userIn(status: UserStatus): User {
  return Object.assign(new User(), {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    avatarUrl: 'https://images.example.com/ada.png',
    platformRole: PlatformRole.SUPPORT,
    status,
  });
}

const steps: Record<string, (user: User) => void> = {
  verifyEmail: (user) => user.verifyEmail(NOW),
  suspend: (user) => user.suspend('spam', NOW),
  activate: (user) => user.activate(NOW),
  delete: (user) => user.delete(NOW),
};

describe('the states of a user', () => {
  const legal: readonly (readonly [UserStatus, string, UserStatus])[] = [
    [UserStatus.PENDING, 'verifyEmail', UserStatus.ACTIVE],
    [UserStatus.ACTIVE, 'suspend', UserStatus.SUSPENDED],
    [UserStatus.SUSPENDED, 'activate', UserStatus.ACTIVE],
    [UserStatus.PENDING, 'delete', UserStatus.DELETED],
    [UserStatus.ACTIVE, 'delete', UserStatus.DELETED],
    [UserStatus.SUSPENDED, 'delete', UserStatus.DELETED],
  ];

  test.each(legal)('from %s, %s leads to %s', (from, step, to) => {
    const user = userIn(from);
    steps[step]!(user);
    expect(user.status).toBe(to);
  });

  const illegal = Object.values(UserStatus).flatMap((from) =>
    Object.keys(steps)
      .filter((step) => !legal.some(([state, name]) => state === from && name === step))
      .map((step) => [from, step] as const),
  );

  test.each(illegal)('from %s, %s is no step', (from, step) => {
    const user = userIn(from);
    expect(() => steps[step]!(user)).toThrow(expect.objectContaining({ code: 'ILLEGAL_TRANSITION' }));
    expect(user.status).toBe(from);
  });

  test('decide who may sign in', () => {
    const mayStart = Object.values(UserStatus).filter((status) => userIn(status).mayStartSession);
    expect(mayStart).toEqual([UserStatus.PENDING, UserStatus.ACTIVE]);
  });
});

test('a deleted user keeps nothing that tells who it was, and no power', () => {
  const user = userIn(UserStatus.ACTIVE);
  user.delete(NOW);
  expect(user).toMatchObject({ name: 'Deleted user', email: null, avatarUrl: null, platformRole: PlatformRole.MEMBER });
});

test('a new address of a pending user is not verified by being there', () => {
  const user = userIn(UserStatus.PENDING);
  user.changeEmail('countess@example.com', NOW);
  expect(user.emailVerifiedAt).toBeUndefined();
});
