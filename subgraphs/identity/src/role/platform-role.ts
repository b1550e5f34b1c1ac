import { registerEnumType } from 'type-graphql';

export enum PlatformRole {
  SuperAdmin = 'SUPER_ADMIN',
  Support = 'SUPPORT',
  Member = 'MEMBER',
}

registerEnumType(PlatformRole, {
  name: 'PlatformRole',
  description: 'What somebody is to the platform itself, whatever organizations they belong to.',
  valuesConfig: {
    SuperAdmin: { description: 'Runs the platform.' },
    Support: { description: 'Helps users.' },
    Member: { description: 'Everybody else.' },
  },
});
