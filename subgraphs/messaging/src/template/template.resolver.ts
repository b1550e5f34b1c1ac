import { connectionOf, type Page, PagedList, permit } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { NotificationTemplate } from './notification-template.entity.ts';
import {
  CreateNotificationTemplateInput,
  DeleteNotificationTemplateInput,
  NotificationTemplateArguments,
  PreviewNotificationTemplateInput,
  UpdateNotificationTemplateInput,
} from './template.inputs.ts';
import { mayReadTemplates } from './template.policy.ts';
import { PreviewView, TypeView } from './template.types.ts';

const NotificationTemplateConnection = connectionOf(NotificationTemplate);

@Resolver(() => NotificationTemplate)
export class TemplateResolver {
  @Query(() => [TypeView], {
    nullable: true,
    description: 'Every type of notification, with what it needs and where it can come.',
  })
  @Directive('@authenticated')
  @Directive('@listSize(assumedSize: 20)')
  notificationTypes(@Ctx() { useCases }: MessagingContext): Promise<TypeView[]> {
    return useCases.describeTypes(undefined);
  }

  @Query(() => NotificationTemplateConnection, {
    nullable: true,
    description:
      'The templates of the platform and of the active organization. Needs the permission `messaging:templates.write`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
  notificationTemplates(
    @Args(() => NotificationTemplateArguments) args: NotificationTemplateArguments,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<Page<NotificationTemplate>> {
    return useCases.searchTemplates(args);
  }

  @Query(() => NotificationTemplate, { nullable: true, description: 'One template, for those who may write them.' })
  @Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
  async notificationTemplate(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { session, loaders }: MessagingContext,
  ): Promise<NotificationTemplate | null> {
    permit(session, mayReadTemplates(session));
    return loaders.templateById.load(id);
  }

  @Mutation(() => NotificationTemplate, { nullable: true, description: 'Adds a template.' })
  @Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
  createNotificationTemplate(
    @Arg('input', () => CreateNotificationTemplateInput, { description: 'The template.' })
    input: CreateNotificationTemplateInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<NotificationTemplate> {
    return useCases.createTemplate(input);
  }

  @Mutation(() => NotificationTemplate, { nullable: true, description: 'Changes a template’s words.' })
  @Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
  updateNotificationTemplate(
    @Arg('input', () => UpdateNotificationTemplateInput, { description: 'The new words.' })
    input: UpdateNotificationTemplateInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<NotificationTemplate> {
    return useCases.updateTemplate(input);
  }

  @Mutation(() => ID, { nullable: true, description: 'Removes a template that is not built in. Returns its id.' })
  @Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
  deleteNotificationTemplate(
    @Arg('input', () => DeleteNotificationTemplateInput, { description: 'Which one.' })
    input: DeleteNotificationTemplateInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<string> {
    return useCases.deleteTemplate(input);
  }

  @Mutation(() => PreviewView, {
    nullable: true,
    description: 'Shows how a template would look, without saving or sending it.',
  })
  @Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
  @Directive('@cost(weight: 10)')
  previewNotificationTemplate(
    @Arg('input', () => PreviewNotificationTemplateInput, { description: 'The template and its values.' })
    input: PreviewNotificationTemplateInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<PreviewView> {
    return useCases.previewTemplate(input);
  }
}
