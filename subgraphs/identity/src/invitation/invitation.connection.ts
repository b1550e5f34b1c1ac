import { connectionOf } from '@supergraph/subgraph-kit';
import { Invitation } from './invitation.entity.ts';

export const InvitationConnection = connectionOf(Invitation);
