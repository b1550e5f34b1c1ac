import { registerEnumType } from 'type-graphql';

export enum PlanName {
  FREE = 'FREE',
  PRO = 'PRO',
  ENTERPRISE = 'ENTERPRISE',
}

registerEnumType(PlanName, {
  name: 'PlanName',
  description: 'The plans there are, from least to most.',
  valuesConfig: {
    FREE: { description: 'To begin with; costs nothing.' },
    PRO: { description: 'For teams.' },
    ENTERPRISE: { description: 'For whole companies.' },
  },
});
