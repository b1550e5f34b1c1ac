import { registerEnumType } from 'type-graphql';

export enum PlatformRole {
  SUPER_ADMIN = 'SUPER_ADMIN',
  SUPPORT = 'SUPPORT',
  MEMBER = 'MEMBER',
}

registerEnumType(PlatformRole, {
  name: 'PlatformRole',
  description: 'What somebody is to the platform itself, whatever organizations they belong to.',
  valuesConfig: {
    SUPER_ADMIN: { description: 'Runs the platform.' },
    SUPPORT: { description: 'Helps users.' },
    MEMBER: { description: 'Everybody else.' },
  },
});
