import { registerEnumType } from 'type-graphql';

export enum ReviewSort {
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
  HIGHEST = 'HIGHEST',
  LOWEST = 'LOWEST',
  MOST_HELPFUL = 'MOST_HELPFUL',
}

registerEnumType(ReviewSort, {
  name: 'ReviewSort',
  description: 'How to sort reviews.',
  valuesConfig: {
    NEWEST: { description: 'What was written last comes first.' },
    OLDEST: { description: 'What was written first comes first.' },
    HIGHEST: { description: 'The most stars come first, the newest among equals.' },
    LOWEST: { description: 'The fewest stars come first, the newest among equals.' },
    MOST_HELPFUL: { description: 'What most people found helpful comes first, the newest among equals.' },
  },
});
