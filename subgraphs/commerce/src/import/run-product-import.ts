import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { DomainError } from '@supergraph/subgraph-kit';
import { holdCategories } from '../category/category.lock.ts';
import type { CommerceWork } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { takeOwnShop } from '../shop/take-shop.ts';
import { type ImportLine, importLines } from './import-columns.ts';
import { type ImportProblem, ProductImport } from './product-import.entity.ts';
import { readLine } from './read-line.ts';
import { problemOf, sortLines } from './sort-lines.ts';
import { takeOverLine } from './take-over-line.ts';
import { OvertakenLines, takeOverLines } from './take-over-lines.ts';

/** The lines after those that were done when this was asked for. */
export interface ImportChunk {
  readonly importId: string;
  readonly done: number;
}

export const RUN_PRODUCT_IMPORT = 'run-product-import';

/** What one job does. Others of the same shop get their turn in between. */
const CHUNK_SIZE = 1_000;
/** What one transaction does at most: the shop is locked meanwhile. */
const MAX_TOGETHER = 100;
const MAX_PROBLEMS = 100;

/** Whoever finds a line undone has it to itself until the transaction ends. */
const CLAIM = `select from product_import where id = ? and done_count = ? and state in ('PENDING', 'RUNNING') for update`;

const COUNT = `
update product_import set state = 'RUNNING', done_count = done_count + ?,
  created_count = created_count + ?, updated_count = updated_count + ?, failed_count = failed_count + ?,
  problems = problems || coalesce((
    select jsonb_agg(problem order by place) from jsonb_array_elements(?::jsonb) with ordinality as given (problem, place)
    where place <= ${MAX_PROBLEMS} - jsonb_array_length(problems)
  ), '[]')
where id = ?`;

const FINISH = `
update product_import set state = 'FINISHED', csv = '', ended_at = ?
where id = ? and state in ('PENDING', 'RUNNING') and done_count = line_count`;

const DONE = `select done_count from product_import where id = ? and state in ('PENDING', 'RUNNING')`;

/**
 * Takes over the next lines, some at a time, in a transaction with their count: a process that dies takes them back with
 * it, and a job that runs twice finds that somebody has gone on already. So no line is left out and none done twice.
 *
 * Lines go together as long as that goes well. After one that has to be taken over by itself the next ones are tried in
 * twos, fours and so on: a text that is all of that kind is not read a hundred lines at a time for each of them.
 */
export async function runProductImport(work: CommerceWork, { importId, done }: ImportChunk): Promise<void> {
  const found = await work.em.findOne(ProductImport, { id: importId }, { populate: ['csv'] });
  if (!found || found.isOver || found.doneCount < done) return;
  const { shopId } = found;
  const lines = importLines(found.csv);
  let next = found.doneCount;
  const end = Math.min(next + CHUNK_SIZE, lines.length);
  let together = MAX_TOGETHER;
  while (next < end) {
    const place = { importId, shopId, next };
    const some = lines.slice(next, Math.min(next + together, end));
    const count = (await takeOverTogether(work, place, some)) ?? (await takeOverAlone(work, place, lines[next]!));
    if (count === undefined) {
      const reached = await reachedByOthers(work, importId);
      if (reached === undefined || reached <= next) return;
      next = reached;
      continue;
    }
    next += count;
    together = count < some.length ? Math.max(1, Math.floor(count / 2)) : Math.min(together * 2, MAX_TOGETHER);
  }
  await work.transaction(async () => {
    if (next < lines.length) scheduleImport(work, importId, next);
    else await work.em.execute(FINISH, [work.now(), importId]);
  });
}

interface Place {
  readonly importId: string;
  readonly shopId: string;
  /** How many lines are done before these. */
  readonly next: number;
}

/** @returns how many of the lines are done; undefined when the first is none to be done with others, or not ours */
async function takeOverTogether(
  work: CommerceWork,
  place: Place,
  lines: readonly ImportLine[],
): Promise<number | undefined> {
  work.em.clear();
  try {
    return await work.transaction(async () => {
      if (!(await claim(work, place))) return undefined;
      const categories = await holdCategories(work, slugsOf(lines));
      const shop = await takeOwnShop(work, place.shopId);
      const sorted = await sortLines(work, shop, categories, lines);
      if (sorted.count === 0) return undefined;
      const { created, updated } = await takeOverLines(work, shop, categories, sorted);
      await count(work, place, { count: sorted.count, created, updated, problems: sorted.problems });
      return sorted.count;
    });
  } catch (error) {
    // By itself, the line that it failed at gets its own answer.
    if (error instanceof DomainError || error instanceof OvertakenLines) return undefined;
    if (error instanceof UniqueConstraintViolationException) return undefined;
    throw error;
  }
}

/** @returns 1, or undefined when somebody else has done it */
async function takeOverAlone(work: CommerceWork, place: Place, line: ImportLine): Promise<1 | undefined> {
  try {
    return await once(work, place, async () => {
      const shop = await work.em.findOneOrFail(Shop, { id: place.shopId });
      const wanted = await readLine(shop, await holdCategories(work, slugsOf([line])), line);
      const { created = false, updated = false } = await takeOverLine(work, wanted);
      return { created: Number(created), updated: Number(updated), problems: [] };
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return once(work, place, async () => ({ created: 0, updated: 0, problems: [problemOf(line, error)] }));
  }
}

function once(
  work: CommerceWork,
  place: Place,
  takeOver: () => Promise<Omit<Outcome, 'count'>>,
): Promise<1 | undefined> {
  // What was read for another line may have been undone with it.
  work.em.clear();
  return work.transaction(async () => {
    if (!(await claim(work, place))) return undefined;
    await count(work, place, { count: 1, ...(await takeOver()) });
    return 1;
  });
}

async function claim(work: CommerceWork, { importId, next }: Place): Promise<boolean> {
  return (await work.em.execute(CLAIM, [importId, next])).length > 0;
}

/** What became of some lines. */
interface Outcome {
  readonly count: number;
  readonly created: number;
  readonly updated: number;
  readonly problems: readonly ImportProblem[];
}

async function count(work: CommerceWork, { importId }: Place, outcome: Outcome): Promise<void> {
  const { count, created, updated, problems } = outcome;
  await work.em.execute(COUNT, [count, created, updated, problems.length, JSON.stringify(problems), importId]);
}

/** How far another worker has come; undefined when the import is over. */
async function reachedByOthers(work: CommerceWork, importId: string): Promise<number | undefined> {
  const [row] = await work.em.execute<{ done_count: number }[]>(DONE, [importId]);
  return row?.done_count;
}

const slugsOf = (lines: readonly ImportLine[]): string[] => lines.flatMap(({ cells }) => cells.category || []);

export function scheduleImport(work: CommerceWork, importId: string, done: number): void {
  const chunk: ImportChunk = { importId, done };
  work.schedule({ name: RUN_PRODUCT_IMPORT, data: chunk, key: `${importId}:${done}` });
}
