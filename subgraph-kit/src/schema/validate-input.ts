import { validate, type ValidationError } from 'class-validator';
import { badUserInput, type FieldProblem } from '../errors/domain.error.ts';

/** Checks an input against its class's rules and reports every problem at once, each at its place. */
export async function validateInput(input: object | undefined): Promise<void> {
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
