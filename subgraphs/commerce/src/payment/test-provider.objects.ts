import type { CommerceWork } from '../context.ts';

/** What the built-in provider remembers of a payment, a refund or a payout. */
export interface TestObject {
  readonly reference: string;
  readonly kind: 'PAYMENT' | 'REFUND' | 'PAYOUT';
  readonly subject_id: string;
  readonly parent: string | null;
  readonly amount: number;
  readonly currency: string;
  /** Of a payout the destination. */
  readonly method: string;
  readonly state: string;
  readonly captured: number;
}

type Row = Omit<TestObject, 'amount' | 'captured'> & { readonly amount: string; readonly captured: string };

const COLUMNS = 'reference, kind, subject_id, parent, amount, currency, method, state, captured';

const REMEMBER = `insert into test_provider_object
  (reference, idempotency_key, kind, subject_id, parent, amount, currency, method, state, created_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (idempotency_key) do nothing returning ${COLUMNS}`;

/** A new one; `undefined` when there was one of this kind for the same thing before. */
export async function remember(
  work: CommerceWork,
  object: Omit<TestObject, 'reference' | 'captured'>,
): Promise<TestObject | undefined> {
  const { kind, subject_id, parent, amount, currency, method, state } = object;
  const name = referenceOf(kind, subject_id);
  const values = [name, name, kind, subject_id, parent, amount, currency, method, state, work.now()];
  const [row] = await work.em.execute<Row[]>(REMEMBER, values);
  return row && read(row);
}

/** One as it is now, locked until the transaction ends. */
export async function recall(work: CommerceWork, reference: string): Promise<TestObject | undefined> {
  const sql = `select ${COLUMNS} from test_provider_object where reference = ? for update`;
  const [row] = await work.em.execute<Row[]>(sql, [reference]);
  return row && read(row);
}

export async function change(
  work: CommerceWork,
  object: TestObject,
  state: string,
  captured = object.captured,
): Promise<TestObject> {
  const sql = 'update test_provider_object set state = ?, captured = ? where reference = ?';
  await work.em.execute(sql, [state, captured, object.reference], 'run');
  return { ...object, state, captured };
}

/** What of a payment was given back. */
export async function givenBack(work: CommerceWork, parent: string): Promise<number> {
  const sql = `select coalesce(sum(amount), 0) as sum from test_provider_object where parent = ? and state <> 'FAILED'`;
  const [row] = await work.em.execute<{ sum: string }[]>(sql, [parent]);
  return Number(row!.sum);
}

export const referenceOf = (kind: TestObject['kind'], subjectId: string) => `test_${kind.toLowerCase()}_${subjectId}`;

function read(row: Row): TestObject {
  return { ...row, amount: Number(row.amount), captured: Number(row.captured) };
}
