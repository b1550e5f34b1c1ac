import { hash } from 'node:crypto';

/** As clients write it: in lower-case hexadecimal. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
