import { ErrorCode } from '@supergraph/protocol';
import { Refusal } from '../guard/refusal.ts';
import { MAX_NESTING, NESTED_TOO_DEEP } from './nesting.ts';

/** A request breaks a limit of its form: `limit` names it, `what` ends "more than 15 …". */
export function limitExceeded(limit: string, maximum: number, what: string): Refusal {
  const message = `The request has more than ${maximum} ${what}`;
  return new Refusal(ErrorCode.BAD_REQUEST, message, { status: 400, extensions: { limit, maximum } });
}

/** Of a document, or of the JSON it came in. */
export function nestedTooDeep(): Refusal {
  const extensions = { limit: 'nesting', maximum: MAX_NESTING };
  return new Refusal(ErrorCode.BAD_REQUEST, NESTED_TOO_DEEP, { status: 400, extensions });
}

export function tooManyValues(maximum: number): Refusal {
  return limitExceeded('variableValues', maximum, 'values in variables');
}
