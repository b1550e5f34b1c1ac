import { DomainError } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { importLines } from './import-columns.ts';
import { ProductImport } from './product-import.entity.ts';
import { type ImportOutcome, takeOverLine } from './take-over-line.ts';

/** The lines after those that were done when this was asked for. */
export interface ImportChunk {
  readonly importId: string;
  readonly done: number;
}

export const RUN_PRODUCT_IMPORT = 'run-product-import';

const CHUNK_SIZE = 100;
const MAX_PROBLEMS = 100;

/** Whoever finds a line undone has it to itself until the transaction ends. */
const CLAIM = `select from product_import where id = ? and done_count = ? and state <> 'FINISHED' for update`;

const COUNT = `
update product_import set state = 'RUNNING', done_count = done_count + 1,
  created_count = created_count + ?, updated_count = updated_count + ?, failed_count = failed_count + ?,
  problems = case when jsonb_array_length(problems) < ${MAX_PROBLEMS} then problems || ?::jsonb else problems end
where id = ?`;

const FINISH = `
update product_import set state = 'FINISHED', csv = '', ended_at = ?
where id = ? and state <> 'FINISHED' and done_count = line_count`;

/**
 * Takes over the next lines, each in a transaction with its count: a process that dies takes the line back with it, and
 * a job that runs twice finds that somebody has gone on already. So no line is left out and none done twice.
 */
export async function runProductImport(work: CommerceWork, { importId, done }: ImportChunk): Promise<void> {
  const found = await work.em.findOne(ProductImport, { id: importId }, { populate: ['csv'] });
  if (!found || found.isOver || found.doneCount < done) return;
  const { shopId } = found;
  const lines = importLines(found.csv);
  let next = found.doneCount;
  const end = Math.min(next + CHUNK_SIZE, lines.length);
  for (; next < end; next += 1) {
    const line = lines[next]!;
    try {
      await once(work, importId, next, () => takeOverLine(work, shopId, line));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const problems = [{ line: line.line, message: error.message.slice(0, 500) }];
      await once(work, importId, next, async () => ({ problems }));
    }
  }
  await work.transaction(async () => {
    if (next < lines.length) scheduleImport(work, importId, next);
    else await work.em.execute(FINISH, [work.now(), importId]);
  });
}

async function once(
  work: CommerceWork,
  id: string,
  done: number,
  takeOver: () => Promise<ImportOutcome>,
): Promise<void> {
  // What was read for another line may have been undone with it.
  work.em.clear();
  await work.transaction(async () => {
    if ((await work.em.execute(CLAIM, [id, done])).length === 0) return;
    const { created = false, updated = false, problems = [] } = await takeOver();
    const counts = [created, updated, problems.length > 0].map(Number);
    await work.em.execute(COUNT, [...counts, JSON.stringify(problems), id]);
  });
}

export function scheduleImport(work: CommerceWork, importId: string, done: number): void {
  const chunk: ImportChunk = { importId, done };
  work.schedule({ name: RUN_PRODUCT_IMPORT, data: chunk, key: `${importId}:${done}` });
}
