import { registerEnumType } from 'type-graphql';

export enum OrganizationRole {
  Owner = 'OWNER',
  Admin = 'ADMIN',
  Manager = 'MANAGER',
  Agent = 'AGENT',
  Viewer = 'VIEWER',
}

registerEnumType(OrganizationRole, {
  name: 'OrganizationRole',
  description: 'What a member may do in an organization, from most to least.',
  valuesConfig: {
    Owner: { description: 'Answers for the organization; there is always at least one.' },
    Admin: { description: 'Runs the organization, but cannot give it away.' },
    Manager: { description: 'Leads the daily work.' },
    Agent: { description: 'Works with customers.' },
    Viewer: { description: 'Sees and changes nothing.' },
  },
});
