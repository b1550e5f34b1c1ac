import { badUserInput, type FieldProblem } from '../errors/domain.error.ts';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** How a client asks for a page; `null` counts as not given. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** The part of a list that one page covers. */
export interface PageWindow {
  readonly size: number;
  /** Whether it is counted from the end, as `last` does. */
  readonly backward: boolean;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** Reads page arguments, or refuses them with `BAD_USER_INPUT` naming every one that is wrong. */
export function pageWindow({ first, after, last, before }: PageArguments): PageWindow {
  const problems: FieldProblem[] = [];
  if (isGiven(first) && isGiven(last)) {
    problems.push({ path: 'last', message: 'Give either first or last, not both.' });
  }
  for (const [path, size] of Object.entries({ first, last })) {
    if (isGiven(size) && !(Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE)) {
      problems.push({ path, message: `${path} must be between 1 and ${MAX_PAGE_SIZE}.` });
    }
  }
  if (problems.length > 0) throw badUserInput(problems);
  return {
    size: first ?? last ?? DEFAULT_PAGE_SIZE,
    backward: isGiven(last),
    after: after ?? undefined,
    before: before ?? undefined,
  };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
