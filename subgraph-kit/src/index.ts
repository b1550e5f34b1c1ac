export * from './errors/domain.error.ts';
export * from './events/event.ts';
export * from './jobs/job.ts';
export * from './live/live.ts';
export * from './session/session.ts';
export * from './work/work.ts';
