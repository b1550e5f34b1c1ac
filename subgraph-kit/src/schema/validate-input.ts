import { validate, type ValidationError } from 'class-validator';
import { badUserInput, type FieldProblem } from '../errors/domain.error.ts';
import { findUnstorableText } from './storable-text.ts';

/** JSON may be nested as deep as it is long. */
const MAX_PATH_LENGTH = 200;

/**
 * Checks an argument: that its text can be kept and, where it is an input, its class's rules. Reports every problem at
 * once, each at its place.
 */
export async function validateInput(input: unknown): Promise<void> {
  const unstorable = findUnstorableText(input);
  if (unstorable !== undefined) {
    throw badUserInput([{ path: unstorable.slice(0, MAX_PATH_LENGTH), message: 'This text has characters that are none: U+0000 or half a pair.' }]);
  }
  if (input === undefined || input === null || typeof input !== 'object') return;
  const problems = await validate(input, { skipMissingProperties: false, forbidUnknownValues: false });
  if (problems.length > 0) throw badUserInput(problems.flatMap((problem) => flatten(problem)));
}

function flatten(problem: ValidationError, parent = ''): FieldProblem[] {
  const path = parent ? `${parent}.${problem.property}` : problem.property;
  const own = Object.values(problem.constraints ?? {}).map((message) => ({ path, message: sentence(message) }));
  return [...own, ...(problem.children ?? []).flatMap((child) => flatten(child, path))];
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return text.endsWith('.') ? text : `${text}.`;
}
