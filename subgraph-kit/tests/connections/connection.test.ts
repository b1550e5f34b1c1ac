import 'reflect-metadata';
import { expect, jest, test } from '@jest/globals';
import { assertObjectType, graphql } from 'graphql';
import { Arg, Args, ArgsType, buildSchema, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { connectionOf, PagedList } from '../../src/connections/connection.ts';
import { ConnectionArguments } from '../../src/connections/connection-arguments.ts';
import type { Page } from '../../src/connections/page.ts';

@ObjectType({ description: 'Something to read.' })
class Book {
  @Field(() => ID, { description: 'Identifies the book.' })
  id!: string;
}

const BookConnection = connectionOf(Book);
const count = jest.fn(async () => 7);
const asked = jest.fn();

@ArgsType()
class BookArguments extends ConnectionArguments {
  @Field(() => Int, { nullable: true, description: 'Only those rated this or better.' })
  minRating?: number;
}

@Resolver()
class BookResolver {
  @PagedList()
  @Query(() => BookConnection, { description: 'All books.' })
  books(@Args(() => BookArguments) args: BookArguments): Page<Book> {
    asked({ ...args });
    return {
      edges: [{ node: { id: '1' }, cursor: 'here' }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'here', endCursor: 'here' },
      count,
    };
  }

  @Query(() => Book, { nullable: true, description: 'One book.' })
  book(@Arg('id', () => ID, { description: 'Which one.' }) id: string): Book {
    return { id };
  }
}

const schema = await buildSchema({ resolvers: [BookResolver], skipCheck: true });

test('a connection answers with edges and its place, and counts only when asked to', async () => {
  const page = '{ edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
  const { data, errors } = await graphql({ schema, source: `{ books(first: 1, minRating: 3) ${page} }` });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    books: {
      edges: [{ cursor: 'here', node: { id: '1' } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'here', endCursor: 'here' },
    },
  });
  expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ first: 1, minRating: 3 }));
  expect(count).not.toHaveBeenCalled();

  const counted = await graphql({ schema, source: '{ books { totalCount } }' });
  expect(counted.data).toEqual({ books: { totalCount: 7 } });
  expect(count).toHaveBeenCalledTimes(1);
});

test('every type, field and argument of it is described', () => {
  const types = ['BookConnection', 'BookEdge', 'PageInfo'].map((name) => assertObjectType(schema.getType(name)));
  const fields = [...types, schema.getQueryType()!].flatMap((type) => Object.values(type.getFields()));
  const undescribed = [...types, ...fields, ...fields.flatMap(({ args }) => args)].filter((part) => !part.description);
  expect(undescribed.map(({ name }) => name)).toEqual([]);
});

test('tells the cost limit how large it can get', () => {
  const field = schema.getQueryType()!.getFields().books!;
  expect(field.astNode?.directives?.map((directive) => directive.name.value)).toContain('listSize');
});
