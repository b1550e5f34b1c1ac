import { everybodyIsWelcomedOnce } from './support/kill.story.ts';

everybodyIsWelcomedOnce({ processes: 2, kills: 10, users: 200 });
