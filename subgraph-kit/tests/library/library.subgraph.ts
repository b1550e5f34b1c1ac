import { fileURLToPath } from 'node:url';
import {
  defineSubgraph,
  type GraphContext,
  loadMany,
  loadOne,
  notFound,
  permit,
  type Reader,
  type SubgraphEnvironment,
  type Work,
} from '@supergraph/subgraph-kit';
import { Length } from 'class-validator';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Book } from './book.entity.ts';
import { Shelf } from './shelf.entity.ts';

// A subgraph as small as one can be that still uses everything the kit does. Real ones have a file for each part.

export interface LibraryEvents {
  'book.added': { bookId: string; title: string };
  'book.borrowed': { bookId: string; userId: string };
}

export type LibraryWork = Work<object, LibraryEvents>;

@InputType({ description: 'A new book.' })
export class AddBookInput {
  @Field(() => ID, { description: 'Where it goes.' })
  shelfId!: string;

  @Field(() => String, { description: 'Its title, 1 to 50 characters.' })
  @Length(1, 50, { message: 'A title has 1 to 50 characters' })
  title!: string;
}

async function addBook(work: LibraryWork, input: AddBookInput): Promise<Book> {
  permit(work.session, work.session.can('library:write'));
  const shelf = await work.em.findOne(Shelf, { id: input.shelfId });
  if (!shelf) throw notFound('Shelf');
  const book = work.em.create(Book, { id: work.newId(), shelfId: shelf.id, title: input.title, borrowedBy: null });
  work.publish('book.added', { bookId: book.id, title: book.title });
  work.afterCommit(() => work.live.publish('books', { id: book.id }));
  return book;
}

async function borrowBook(work: LibraryWork, id: string): Promise<Book> {
  const userId = work.session.requireUser();
  const book = await work.em.findOne(Book, { id });
  if (!book) throw notFound('Book');
  book.borrow(userId);
  work.publish('book.borrowed', { bookId: book.id, userId });
  return book;
}

async function burnLibrary(): Promise<never> {
  throw new Error('password=hunter2 at postgres://internal-host:5432');
}

const createLoaders = ({ em }: Reader) => ({
  bookById: loadOne(em, Book),
  shelfById: loadOne(em, Shelf),
  booksByShelf: loadMany(em, Book, { by: 'shelfId', orderBy: { title: 'asc' } }),
});

const useCases = { addBook, borrowBook, burnLibrary };

export type LibraryContext = GraphContext<ReturnType<typeof createLoaders>, typeof useCases>;

@Resolver(() => Shelf)
class ShelfResolver {
  @Query(() => Shelf, { nullable: true, description: 'A shelf of the active organization.' })
  shelf(
    @Arg('id', () => ID, { description: 'The shelf.' }) id: string,
    @Ctx() { loaders }: LibraryContext,
  ): Promise<Shelf | null> {
    return loaders.shelfById.load(id);
  }

  @FieldResolver(() => [Book], { description: 'What stands on it, by title.' })
  books(@Root() shelf: Shelf, @Ctx() { loaders }: LibraryContext): Promise<Book[]> {
    return loaders.booksByShelf.load(shelf.id);
  }

  @Mutation(() => Book, { description: 'Puts a new book on a shelf.' })
  addBook(
    @Arg('input', () => AddBookInput, { description: 'The book.' }) input: AddBookInput,
    @Ctx() context: LibraryContext,
  ): Promise<Book> {
    return context.useCases.addBook(input);
  }

  @Mutation(() => Book, { description: 'Takes a book home.' })
  borrowBook(
    @Arg('id', () => ID, { description: 'The book.' }) id: string,
    @Ctx() context: LibraryContext,
  ): Promise<Book> {
    return context.useCases.borrowBook(id);
  }

  @Mutation(() => Boolean, { description: 'Goes wrong in a way nobody planned for.' })
  burnLibrary(@Ctx() context: LibraryContext): Promise<boolean> {
    return context.useCases.burnLibrary();
  }

  @Subscription(() => Book, {
    description: 'Books as they come in.',
    subscribe: ({ context }) => (context as LibraryContext).live.subscribe('books'),
  })
  async bookAdded(@Root() hint: { id: string }, @Ctx() { loaders }: LibraryContext): Promise<Book> {
    return (await loaders.bookById.load(hint.id))!;
  }
}

export const library = defineSubgraph<
  SubgraphEnvironment,
  object,
  LibraryEvents,
  ReturnType<typeof createLoaders>,
  typeof useCases
>({
  name: 'library',
  entities: [Book, Shelf],
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  resolvers: [ShelfResolver],
  references: { Book: (context) => context.loaders.bookById, Shelf: (context) => context.loaders.shelfById },
  events: { 'book.added': 1, 'book.borrowed': 1 },
  loaders: createLoaders,
  useCases,
  services: () => ({}),
  routes: {
    '/motto': async () => ({ status: 200, contentType: 'text/plain', body: 'Sapere aude' }),
    // Answers with what it was sent, byte by byte, and what it found in the database about it.
    '/gifts': {
      bodyLimit: 1_000,
      post: async ({ headers, body, asSystem }) => {
        if (headers['x-burn']) throw new Error('the secret of the library');
        const shelves = await asSystem(({ em }) => em.count(Shelf));
        return {
          status: 202,
          contentType: 'text/plain',
          body: `${shelves} ${body.toString('hex')}`,
          headers: { 'x-taken': 'yes' },
        };
      },
    },
  },
});
