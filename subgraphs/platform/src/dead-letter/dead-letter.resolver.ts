import { connectionOf, type Page, PagedList, permit } from '@supergraph/subgraph-kit';
import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { PlatformContext } from '../context.ts';
import { Organization } from '../references/organization.reference.ts';
import { DeadLetterAction } from './dead-letter-action.entity.ts';
import { ForPayloadReaders, ForReaders } from './dead-letter.directives.ts';
import { DeadLetter } from './dead-letter.entity.ts';
import { DeadLetterArguments } from './dead-letter.inputs.ts';
import { DeadLetterSummary } from './dead-letter.payloads.ts';
import { mayReadDeadLetters, mayReadPayloads } from './dead-letter.policy.ts';
import { shortenError } from './shorten-error.ts';

const DeadLetterConnection = connectionOf(DeadLetter);

@Resolver(() => DeadLetter)
export class DeadLetterResolver {
  @FieldResolver(() => String, {
    description:
      'Why the last attempt failed, in at most 300 characters. What may be a secret or a person’s is taken out.',
  })
  lastError(@Root() { lastError }: DeadLetter): string {
    return shortenError(lastError);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'On whose behalf it was; null where it was for nobody in particular.',
  })
  organization(@Root() { organizationId }: DeadLetter): Organization | null {
    return organizationId ? { id: organizationId } : null;
  }

  @FieldResolver(() => GraphQLJSON, {
    nullable: true,
    description:
      'What the event or the job carried. May hold personal data, so it needs the permission ' +
      '`platform:dead_letters.payload` as well; without it null, with `FORBIDDEN`.',
  })
  @ForPayloadReaders()
  async data(@Root() { id }: DeadLetter, @Ctx() { session, loaders }: PlatformContext): Promise<object | null> {
    permit(session, mayReadPayloads(session));
    return loaders.payloadOfDeadLetter.load(id);
  }

  @FieldResolver(() => [DeadLetterAction], {
    description: 'Who decided what about it, the latest first, at most 20.',
  })
  @Directive('@listSize(assumedSize: 20)')
  actions(@Root() { id }: DeadLetter, @Ctx() { loaders }: PlatformContext): Promise<DeadLetterAction[]> {
    return loaders.actionsOfDeadLetter.load(id);
  }

  @Query(() => DeadLetterConnection, {
    nullable: true,
    description:
      'What has failed for the last time, in every subgraph, what failed last first. Needs the permission ' +
      '`platform:dead_letters.read`.',
  })
  @PagedList()
  @ForReaders()
  deadLetters(
    @Args(() => DeadLetterArguments) args: DeadLetterArguments,
    @Ctx() { useCases }: PlatformContext,
  ): Promise<Page<DeadLetter>> {
    return useCases.searchDeadLetters(args);
  }

  @Query(() => DeadLetter, {
    nullable: true,
    description:
      'One dead letter; null when there is none with this id. Needs the permission `platform:dead_letters.read`.',
  })
  @ForReaders()
  async deadLetter(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { session, loaders }: PlatformContext,
  ): Promise<DeadLetter | null> {
    permit(session, mayReadDeadLetters(session));
    return loaders.deadLetterById.load(id);
  }

  @Query(() => [DeadLetterSummary], {
    nullable: true,
    description:
      'How many dead letters wait, by handler and job: the 100 with the most. Needs the permission ' +
      '`platform:dead_letters.read`.',
  })
  @Directive('@listSize(assumedSize: 100)')
  @ForReaders()
  deadLetterSummary(@Ctx() { useCases }: PlatformContext): Promise<DeadLetterSummary[]> {
    return useCases.summarizeDeadLetters();
  }
}
