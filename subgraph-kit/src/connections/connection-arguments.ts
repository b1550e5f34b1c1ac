import { ArgsType, Field, Int } from 'type-graphql';
import { MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE, type PageArguments } from './page-window.ts';

/** The arguments of every list that can grow. A list with filters or a choice of sort extends this class. */
@ArgsType()
export class ConnectionArguments implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: `Take this many from the front, 1 to ${MAX_PAGE_SIZE}. ${DEFAULT_PAGE_SIZE} when neither \`first\` nor \`last\` is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `Take this many from the end, 1 to ${MAX_PAGE_SIZE}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null;
}
