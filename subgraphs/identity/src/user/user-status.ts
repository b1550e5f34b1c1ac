import { registerEnumType } from 'type-graphql';

export enum UserStatus {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  DELETED = 'DELETED',
}

registerEnumType(UserStatus, {
  name: 'UserStatus',
  description: 'Where an account stands.',
  valuesConfig: {
    PENDING: { description: 'Registered, but has not shown yet that the e-mail address is theirs.' },
    ACTIVE: { description: 'May use everything their roles allow.' },
    SUSPENDED: { description: 'Shut out by support for the time being.' },
    DELETED: { description: 'Gone; only an anonymous trace is left.' },
  },
});
