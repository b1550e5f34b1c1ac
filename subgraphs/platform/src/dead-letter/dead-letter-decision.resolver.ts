import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { PlatformContext } from '../context.ts';
import { ForDeciders } from './dead-letter.directives.ts';
import { DeadLetter } from './dead-letter.entity.ts';
import { DiscardDeadLettersInput, RestoreDeadLettersInput, RetryDeadLettersInput } from './dead-letter.inputs.ts';
import { DeadLetterChange } from './dead-letter.payloads.ts';

const NEEDS = 'Needs the permissions `platform:dead_letters.read` and `platform:dead_letters.write`.';

@Resolver(() => DeadLetterChange)
export class DeadLetterDecisionResolver {
  @FieldResolver(() => [DeadLetter], {
    description: 'Those that were changed, as they are now; by filter, the first 100 of them.',
  })
  @Directive('@listSize(assumedSize: 100)')
  async deadLetters(@Root() { changedIds }: DeadLetterChange, @Ctx() { loaders }: PlatformContext) {
    const letters = await Promise.all(changedIds.slice(0, 100).map((id) => loaders.deadLetterById.load(id)));
    return letters.filter((letter) => letter !== null);
  }

  @Mutation(() => DeadLetterChange, {
    nullable: true,
    description: `Delivers events and runs jobs once more, with all attempts anew. Only those that wait. ${NEEDS}`,
  })
  @ForDeciders()
  retryDeadLetters(
    @Arg('input', () => RetryDeadLettersInput, { description: 'Which ones.' }) input: RetryDeadLettersInput,
    @Ctx() { useCases }: PlatformContext,
  ): Promise<DeadLetterChange> {
    return useCases.retryDeadLetters(input);
  }

  @Mutation(() => DeadLetterChange, {
    nullable: true,
    description: `Gives up dead letters that wait. They can be restored for 14 days. ${NEEDS}`,
  })
  @ForDeciders()
  discardDeadLetters(
    @Arg('input', () => DiscardDeadLettersInput, { description: 'Which ones, and why.' })
    input: DiscardDeadLettersInput,
    @Ctx() { useCases }: PlatformContext,
  ): Promise<DeadLetterChange> {
    return useCases.discardDeadLetters(input);
  }

  @Mutation(() => DeadLetterChange, {
    nullable: true,
    description: `Lets dead letters that were discarded wait again. ${NEEDS}`,
  })
  @ForDeciders()
  restoreDeadLetters(
    @Arg('input', () => RestoreDeadLettersInput, { description: 'Which ones.' }) input: RestoreDeadLettersInput,
    @Ctx() { useCases }: PlatformContext,
  ): Promise<DeadLetterChange> {
    return useCases.restoreDeadLetters(input);
  }
}
