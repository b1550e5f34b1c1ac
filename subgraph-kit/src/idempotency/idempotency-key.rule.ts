import { Matches } from 'class-validator';

/** 1 to 128 printable ASCII characters. */
export const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,128}$/;

/** A text of an input that makes a repetition of an operation the same operation. */
export const IsIdempotencyKey = (): PropertyDecorator =>
  Matches(IDEMPOTENCY_KEY, { message: 'An idempotency key has 1 to 128 printable characters.' });
