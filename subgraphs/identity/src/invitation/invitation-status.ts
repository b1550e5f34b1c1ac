import { registerEnumType } from 'type-graphql';

export enum InvitationStatus {
  PENDING = 'PENDING',
  ACCEPTED = 'ACCEPTED',
  REVOKED = 'REVOKED',
  EXPIRED = 'EXPIRED',
}

registerEnumType(InvitationStatus, {
  name: 'InvitationStatus',
  description: 'What became of an invitation.',
  valuesConfig: {
    PENDING: { description: 'Waits for an answer.' },
    ACCEPTED: { description: 'The person joined.' },
    REVOKED: { description: 'Taken back, or declined by the person.' },
    EXPIRED: { description: 'Nobody answered within seven days.' },
  },
});
