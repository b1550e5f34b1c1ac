import type { Work } from '../work/work.ts';
import type { JobHandler, JobRun } from './job-handler.ts';

/** Makes a use-case a job: `job(deliverEmail, { retryLimit: 8 })`. */
export function job<Services, Events extends object, Data extends object>(
  useCase: (work: Work<Services, Events>, data: Data, run: JobRun) => Promise<unknown>,
  options: Omit<JobHandler, 'handle'> = {},
): JobHandler<Services, Events> {
  return { ...options, handle: async (data, work, run) => void (await useCase(work, data as Data, run)) };
}
