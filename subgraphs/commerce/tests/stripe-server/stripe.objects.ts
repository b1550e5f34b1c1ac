import { randomUUID } from 'node:crypto';

export type Fields = Readonly<Record<string, string>>;

export type StripeThing = Record<string, unknown> & { id: string; object: string };

interface Intent extends StripeThing {
  status: string;
  amount: number;
  amount_received: number;
  payment_method: string;
}

/** A call that Stripe says no to. */
export class Wrong extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code?: string,
    readonly intent?: Intent,
  ) {
    super(message);
  }
}

/** Where Stripe takes three decimals, the last has to be 0. */
const THREE_DECIMALS = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];

const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`;

/** The money that Stripe moves: PaymentIntents, refunds and transfers, by its rules. */
export class StripeLedger {
  readonly intents = new Map<string, Intent>();
  readonly refunds: (StripeThing & { amount: number; payment_intent: string; status: string })[] = [];
  readonly transfers: StripeThing[] = [];

  /** @returns what is answered, and of what kind the event is that tells of it */
  handle(method: string, path: string, fields: Fields, query: URLSearchParams): { object: object; type?: string } {
    if (method === 'POST' && path === '/v1/payment_intents') return { object: this.#create(fields) };
    if (path === '/v1/refunds') return method === 'POST' ? this.#refund(fields) : { object: this.#refundsOf(query) };
    if (path === '/v1/transfers') return method === 'POST' ? this.#transfer(fields) : { object: this.#find(query) };
    const [, id = '', step = ''] = /^\/v1\/payment_intents\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
    const intent = this.intents.get(id);
    if (!intent) throw new Wrong(404, `No such payment_intent: '${id}'`, 'resource_missing');
    if (step === 'confirm') return this.#confirm(intent);
    if (step === 'capture') return this.#capture(intent);
    if (step === 'cancel') return this.#cancel(intent);
    return { object: intent };
  }

  #create(fields: Fields): Intent {
    const { amount, currency, payment_method } = checked(fields);
    if (!payment_method.startsWith('pm_')) throw new Wrong(400, 'No such PaymentMethod', 'resource_missing');
    const intent: Intent = {
      ...{ id: newId('pi'), object: 'payment_intent', amount, amount_received: 0, currency, payment_method },
      status: 'requires_confirmation',
      client_secret: newId('secret'),
      capture_method: fields['capture_method'],
      metadata: metadataOf(fields),
      next_action: null,
      last_payment_error: null,
    };
    this.intents.set(intent.id, intent);
    return intent;
  }

  #confirm(intent: Intent) {
    if (intent.status !== 'requires_confirmation') throw unexpected(intent);
    switch (intent.payment_method) {
      case 'pm_declined':
        intent.status = 'requires_payment_method';
        intent['last_payment_error'] = { message: 'Your card has insufficient funds.' };
        throw new Wrong(402, 'Your card has insufficient funds.', 'card_declined', intent);
      case 'pm_action':
        intent.status = 'requires_action';
        intent['next_action'] = { redirect_to_url: { url: 'https://hooks.stripe.com/authenticate' } };
        return { object: intent, type: 'payment_intent.requires_action' };
      case 'pm_slow':
        intent.status = 'processing';
        return { object: intent, type: 'payment_intent.processing' };
      default:
        intent.status = 'requires_capture';
        return { object: intent, type: 'payment_intent.amount_capturable_updated' };
    }
  }

  #capture(intent: Intent) {
    if (intent.status !== 'requires_capture') throw unexpected(intent);
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    return { object: intent, type: 'payment_intent.succeeded' };
  }

  #cancel(intent: Intent) {
    if (['succeeded', 'canceled', 'processing'].includes(intent.status)) throw unexpected(intent);
    intent.status = 'canceled';
    return { object: intent, type: 'payment_intent.canceled' };
  }

  #refund(fields: Fields) {
    const intent = this.intents.get(fields['payment_intent']!);
    const amount = Number(fields['amount']);
    const given = this.refunds.filter((one) => one.payment_intent === intent?.id && one.status !== 'failed');
    const left = intent ? intent.amount_received - given.reduce((sum, one) => sum + one.amount, 0) : 0;
    if (!intent || amount > left) throw new Wrong(400, 'Refund amount is greater than charge amount');
    const status = intent.payment_method === 'pm_refund_slow' ? 'pending' : 'succeeded';
    const money = { amount, currency: intent['currency'], payment_intent: intent.id };
    const refund = { ...{ id: newId('re'), object: 'refund' }, ...money, status, metadata: metadataOf(fields) };
    this.refunds.push(refund);
    return { object: refund, type: 'refund.created' };
  }

  #refundsOf(query: URLSearchParams) {
    const all = this.refunds.filter((one) => one.payment_intent === query.get('payment_intent')).toReversed();
    const from = all.findIndex(({ id }) => id === query.get('starting_after')) + 1;
    const data = all.slice(from, from + Number(query.get('limit')));
    return { object: 'list', data, has_more: from + data.length < all.length };
  }

  #transfer(fields: Fields) {
    const { amount, currency } = checked(fields);
    if (!fields['destination']?.startsWith('acct_')) throw new Wrong(400, 'No such destination', 'resource_missing');
    const money = { amount, currency, destination: fields['destination'], transfer_group: fields['transfer_group'] };
    const transfer = {
      ...{ id: newId('tr'), object: 'transfer' },
      ...money,
      reversed: false,
      metadata: metadataOf(fields),
    };
    this.transfers.push(transfer);
    return { object: transfer, type: 'transfer.created' };
  }

  #find(query: URLSearchParams) {
    const data = this.transfers.filter((one) => one['transfer_group'] === query.get('transfer_group'));
    return { object: 'list', data, has_more: false };
  }
}

function checked(fields: Fields) {
  const { amount = '', currency = '', payment_method = '' } = fields;
  if (!/^[1-9]\d{0,11}$/.test(amount)) throw new Wrong(400, 'Invalid integer: amount', 'parameter_invalid_integer');
  if (currency !== currency.toLowerCase()) throw new Wrong(400, 'Invalid currency');
  if (THREE_DECIMALS.includes(currency) && !amount.endsWith('0')) throw new Wrong(400, 'Invalid amount: last digit');
  return { amount: Number(amount), currency, payment_method };
}

function metadataOf(fields: Fields): Fields {
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
    return key ? [[key, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

function unexpected(intent: Intent): Wrong {
  const message = `This PaymentIntent's status is ${intent.status}.`;
  return new Wrong(400, message, 'payment_intent_unexpected_state', intent);
}
