import { Directive } from 'type-graphql';

const SECONDS = { minute: 60, hour: 3_600 };

export interface RateLimitedOptions {
  readonly max: number;
  readonly per: keyof typeof SECONDS;
  /** `caller` unless told; or `address`, an argument such as `input.email`, or several of them joined by `+`. */
  readonly by?: string;
}

/**
 * Has the gateway refuse to ask for this field too often, before anything of the operation happens. Can be put on a field
 * several times; then all of them hold.
 *
 * A limit by an argument alone lets whoever knows its value shut out the one it belongs to: by `address+input.email` they
 * shut out themselves.
 */
export function RateLimited({ max, per, by }: RateLimitedOptions): MethodDecorator & PropertyDecorator {
  const counted = by === undefined ? '' : `, by: "${by}"`;
  return Directive(`@rateLimited(max: ${max}, seconds: ${SECONDS[per]}${counted})`);
}
