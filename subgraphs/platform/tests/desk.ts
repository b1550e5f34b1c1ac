import { expect } from '@jest/globals';
import { operator, READ, startPlatform, WRITE } from './story.ts';

const LIST = `query ($state: DeadLetterState! = WAITING, $filter: DeadLetterFilter, $sort: [DeadLetterSort!], $first: Int, $after: String, $last: Int, $before: String) {
  deadLetters(state: $state, filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id kind subgraph consumer name attempts lastError failedAt correlationId organization { id } state settledAt } }
    pageInfo { hasNextPage hasPreviousPage }
    totalCount
  }
}`;

export const CHANGE = '{ changedCount deadLetters { id state } unchangedCount unchanged { id reason } hasMore }';

export interface Letter {
  readonly id: string;
  readonly consumer: string;
  readonly kind: string;
  readonly state: string;
  readonly failedAt: string;
  readonly lastError: string;
}

export interface LetterPage {
  readonly edges: readonly { readonly cursor: string; readonly node: Letter }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
  readonly totalCount: number;
}

export interface Change {
  readonly changedCount: number;
  readonly deadLetters: readonly Letter[];
  readonly unchanged: readonly { readonly id: string; readonly reason: string }[];
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Where operators read and decide. */
export async function openDesk() {
  const graph = await startPlatform();
  const reader = operator(READ);
  const staff = operator(READ, WRITE);
  const page = async (variables: object = {}): Promise<LetterPage> =>
    (await graph.data(LIST, reader, variables)).deadLetters;
  const letters = async (variables: object = {}): Promise<Letter[]> =>
    (await page({ first: 100, ...variables })).edges.map(({ node }) => node);
  /** A decision, by its mutation's name. */
  const decide = async (name: string, input: object, as = staff): Promise<Change> => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    return (await graph.data(`mutation ($input: ${type}!) { ${name}(input: $input) ${CHANGE} }`, as, { input }))[name];
  };
  const retry = (input: object) => decide('retryDeadLetters', input);
  const discard = (input: object) => decide('discardDeadLetters', { reason: 'A test order.', ...input });
  const restore = (input: object) => decide('restoreDeadLetters', input);
  return {
    ...graph,
    reader,
    staff,
    page,
    letters,
    /** The one that waits. */
    onlyLetter: async (): Promise<Letter> => {
      const waiting = await letters();
      expect(waiting).toHaveLength(1);
      return waiting[0]!;
    },
    decide,
    retry,
    discard,
    restore,
    /** Nothing waits and nothing is left over. */
    clear: async (): Promise<void> => {
      await graph.work();
      await discard({ filter: {} });
      await graph.inWorkshop('delete from bill returning 1');
    },
  };
}
