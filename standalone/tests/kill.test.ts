import { everybodyIsWelcomedOnce } from './support/kill.story.ts';

everybodyIsWelcomedOnce({ processes: 1, kills: 20, users: 500 });
