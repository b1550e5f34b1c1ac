import { z } from 'zod';

/** A rate as operators write it. */
export interface RateLimitSetting {
  readonly max: number;
  readonly seconds: number;
  readonly by: string;
}

/** `max/seconds`, `max/seconds/by`, or `off`. */
export const rateLimit = z.string().transform((text, context): RateLimitSetting | 'off' => {
  if (text === 'off') return 'off';
  const [, max, seconds, by = 'caller'] = /^(\d+)\/([1-9]\d*)(?:\/([\w.+]+))?$/.exec(text) ?? [];
  if (max === undefined) context.addIssue({ code: 'custom', message: `'${text}' is not of the form max/seconds` });
  return { max: Number(max), seconds: Number(seconds), by };
});
