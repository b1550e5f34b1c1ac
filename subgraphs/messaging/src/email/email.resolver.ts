import { connectionOf, type Page, PagedList } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { DevelopmentMailboxArguments } from './email.inputs.ts';
import { EmailMessage } from './email-message.entity.ts';

const EmailMessageConnection = connectionOf(EmailMessage);

@Resolver(() => EmailMessage)
export class EmailResolver {
  @Query(() => EmailMessageConnection, {
    nullable: true,
    description:
      'The mails that were kept instead of sent, newest first: while no mail server is configured, and for those who ' +
      'may read them only. `NOT_FOUND` once one is configured.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["messaging:mailbox.read"]])')
  developmentMailbox(
    @Args(() => DevelopmentMailboxArguments) args: DevelopmentMailboxArguments,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<Page<EmailMessage>> {
    return useCases.readDevelopmentMailbox(args);
  }
}
