import type { FieldProblem } from '@supergraph/subgraph-kit';

/** The kind of a template's variable. */
export enum VariableKind {
  TEXT = 'TEXT',
  INTEGER = 'INTEGER',
  DATE_TIME = 'DATE_TIME',
  MONEY = 'MONEY',
  LIST = 'LIST',
}

export interface Variable {
  readonly kind: VariableKind;
  readonly required: boolean;
  /** Of each element of a list. */
  readonly fields?: VariableSchema;
}

/** What a template may show and a sender has to supply, by name. */
export type VariableSchema = Readonly<Record<string, Variable>>;

export type VariableValues = Readonly<Record<string, unknown>>;

const MAX_TEXT_LENGTH = 4_000;
const MAX_LIST_LENGTH = 100;

const variable = (kind: VariableKind) => (): Variable => ({ kind, required: true });

export const text = variable(VariableKind.TEXT);
export const integer = variable(VariableKind.INTEGER);
/** A moment, as an ISO 8601 string. Shown in the recipient's language and time zone. */
export const dateTime = variable(VariableKind.DATE_TIME);
/** `{ amount, currency }`, the amount in minor units. */
export const money = variable(VariableKind.MONEY);
export const list = (fields: VariableSchema): Variable => ({ kind: VariableKind.LIST, required: true, fields });
export const optional = (inner: Variable): Variable => ({ ...inner, required: false });

/** Everything that is wrong with the values a sender supplies: missing, of another kind, or not declared. */
export function problemsOf(schema: VariableSchema, values: VariableValues, path = 'variables'): FieldProblem[] {
  const unknown = Object.keys(values)
    .filter((name) => !Object.hasOwn(schema, name))
    .map((name) => ({ path: `${path}.${name}`, message: `${name} is not a variable of this type.` }));
  const declared = Object.entries(schema).flatMap(([name, { kind, required, fields }]) => {
    const value = values[name] ?? undefined;
    const place = `${path}.${name}`;
    if (value === undefined) return required ? [{ path: place, message: `${name} is missing.` }] : [];
    if (!isOfKind(kind, value)) return [{ path: place, message: `${name} must be ${EXPECTED[kind]}.` }];
    if (kind !== VariableKind.LIST) return [];
    return (value as VariableValues[]).flatMap((item, index) => problemsOf(fields ?? {}, item, `${place}.${index}`));
  });
  return [...unknown, ...declared];
}

const EXPECTED: Readonly<Record<VariableKind, string>> = {
  [VariableKind.TEXT]: `a text of at most ${MAX_TEXT_LENGTH} characters`,
  [VariableKind.INTEGER]: 'a whole number',
  [VariableKind.DATE_TIME]: 'a date and time in ISO 8601',
  [VariableKind.MONEY]: 'an amount in minor units and a currency of three letters',
  [VariableKind.LIST]: `a list of at most ${MAX_LIST_LENGTH} objects`,
};

function isOfKind(kind: VariableKind, value: unknown): boolean {
  switch (kind) {
    case VariableKind.TEXT:
      return typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;
    case VariableKind.INTEGER:
      return Number.isSafeInteger(value);
    case VariableKind.DATE_TIME:
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
    case VariableKind.MONEY:
      return isRecord(value) && Number.isSafeInteger(value.amount) && /^[A-Z]{3}$/.test(String(value.currency));
    case VariableKind.LIST:
      return Array.isArray(value) && value.length <= MAX_LIST_LENGTH && value.every(isRecord);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
