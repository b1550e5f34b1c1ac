import { everybodyIsWelcomedOnce } from './support/kill.story.ts';

everybodyIsWelcomedOnce({ processes: 2, kills: 12, users: 300 });
