import { registerEnumType } from 'type-graphql';

export enum OrganizationRole {
  OWNER = 'OWNER',
  ADMIN = 'ADMIN',
  MANAGER = 'MANAGER',
  AGENT = 'AGENT',
  VIEWER = 'VIEWER',
}

registerEnumType(OrganizationRole, {
  name: 'OrganizationRole',
  description: 'What a member may do in an organization, from most to least.',
  valuesConfig: {
    OWNER: { description: 'Answers for the organization; there is always at least one.' },
    ADMIN: { description: 'Runs the organization, but cannot give it away.' },
    MANAGER: { description: 'Leads the daily work.' },
    AGENT: { description: 'Works with customers.' },
    VIEWER: { description: 'Sees and changes nothing.' },
  },
});
