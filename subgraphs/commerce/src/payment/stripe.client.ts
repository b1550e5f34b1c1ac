import { ProviderUnavailable } from './payment.provider.ts';

export interface StripeSettings {
  readonly url: string;
  readonly secretKey: string;
  /** For one call, its answer included. */
  readonly timeoutMs: number;
}

/** The version of the API that our mapping was written for. */
const API_VERSION = '2024-06-20';

/** Stripe said no. */
export class StripeRefusal extends Error {
  override readonly name = 'StripeRefusal';

  constructor(
    readonly status: number,
    readonly code: string | undefined,
    message: string,
    /** Where the no is about one: how it stands now. */
    readonly intent?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

interface ErrorBody {
  readonly error?: {
    readonly type?: string;
    readonly code?: string;
    readonly message?: string;
    readonly payment_intent?: Readonly<Record<string, unknown>>;
  };
}

/** Speaks Stripe's HTTP API: forms in, JSON out. */
export class StripeClient {
  constructor(private readonly settings: StripeSettings) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.send(path, { method: 'GET' });
  }

  /** @param key the same one again is the same call again, and is answered as the first was */
  post<Answer>(path: string, fields: Readonly<Record<string, string | number>>, key: string): Promise<Answer> {
    const body = new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.send(path, { method: 'POST', body, headers: { 'idempotency-key': key } });
  }

  /** @throws StripeRefusal @throws ProviderUnavailable when nobody knows what happened */
  private async send<Answer>(path: string, request: RequestInit): Promise<Answer> {
    const { url, secretKey, timeoutMs } = this.settings;
    const headers = { ...request.headers, authorization: `Bearer ${secretKey}`, 'stripe-version': API_VERSION };
    let status: number;
    let answer: unknown;
    try {
      // A redirect would carry the key to wherever it leads.
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(new URL(path, url), { ...request, headers, signal, redirect: 'error' });
      status = response.status;
      answer = await response.json();
    } catch (error) {
      throw new ProviderUnavailable('Stripe cannot be reached, or its answer was lost.', { cause: error });
    }
    if (status >= 200 && status < 300) return answer as Answer;
    const { error = {} } = answer as ErrorBody;
    // 409: the same call is being made right now. 401 and 403: our settings are wrong, which is no answer to the question.
    if (status >= 500 || [401, 403, 409, 429].includes(status)) {
      throw new ProviderUnavailable(`Stripe answers ${status}: ${error.message ?? 'nothing'}`);
    }
    throw new StripeRefusal(status, error.code, error.message ?? 'Stripe refuses it.', error.payment_intent);
  }
}
