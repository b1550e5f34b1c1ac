import { everybodyIsWelcomedOnce } from './support/kill.story.ts';

everybodyIsWelcomedOnce(2);
