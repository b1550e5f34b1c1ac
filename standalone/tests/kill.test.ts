import { everybodyIsWelcomedOnce } from './support/kill.story.ts';

everybodyIsWelcomedOnce({ processes: 1, kills: 8, users: 200 });
