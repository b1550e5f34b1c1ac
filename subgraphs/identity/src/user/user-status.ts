import { registerEnumType } from 'type-graphql';

export enum UserStatus {
  Pending = 'PENDING',
  Active = 'ACTIVE',
  Suspended = 'SUSPENDED',
  Deleted = 'DELETED',
}

registerEnumType(UserStatus, {
  name: 'UserStatus',
  description: 'Where an account stands.',
  valuesConfig: {
    Pending: { description: 'Registered, but has not shown yet that the e-mail address is theirs.' },
    Active: { description: 'May use everything their roles allow.' },
    Suspended: { description: 'Shut out by support for the time being.' },
    Deleted: { description: 'Gone; only an anonymous trace is left.' },
  },
});
