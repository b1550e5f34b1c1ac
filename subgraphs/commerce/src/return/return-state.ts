import { registerEnumType } from 'type-graphql';

export enum ReturnState {
  REQUESTED = 'REQUESTED',
  APPROVED = 'APPROVED',
  DECLINED = 'DECLINED',
  WITHDRAWN = 'WITHDRAWN',
  RECEIVED = 'RECEIVED',
}

registerEnumType(ReturnState, {
  name: 'ReturnState',
  description: 'How far a return has come.',
  valuesConfig: {
    REQUESTED: { description: 'The shop has to decide about it.' },
    APPROVED: { description: 'The buyer is to send it back.' },
    DECLINED: { description: 'The shop does not take it back.' },
    WITHDRAWN: { description: 'The buyer keeps it after all.' },
    RECEIVED: { description: 'It came back, and the money goes back for it.' },
  },
});

export enum ReturnReason {
  DAMAGED = 'DAMAGED',
  WRONG_ITEM = 'WRONG_ITEM',
  NOT_AS_DESCRIBED = 'NOT_AS_DESCRIBED',
  NO_LONGER_WANTED = 'NO_LONGER_WANTED',
  OTHER = 'OTHER',
}

registerEnumType(ReturnReason, {
  name: 'ReturnReason',
  description: 'Why a buyer sends something back.',
  valuesConfig: {
    DAMAGED: { description: 'It is broken, or came broken.' },
    WRONG_ITEM: { description: 'It is not what was bought.' },
    NOT_AS_DESCRIBED: { description: 'The shop said something else of it.' },
    NO_LONGER_WANTED: { description: 'Nothing is wrong with it.' },
    OTHER: { description: 'As the note says.' },
  },
});
