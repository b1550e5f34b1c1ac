import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import {
  UpdateNotificationDigestInput,
  UpdateNotificationPreferencesInput,
  UpdateQuietHoursInput,
} from './preference.inputs.ts';
import { SettingsView } from './preference.types.ts';

@Resolver(() => SettingsView)
export class PreferenceResolver {
  @Query(() => SettingsView, { nullable: true, description: 'How the caller wants to be told.' })
  @Directive('@policy(policies: [["person"]])')
  notificationSettings(@Ctx() { useCases }: MessagingContext): Promise<SettingsView> {
    return useCases.readSettings(undefined);
  }

  @Mutation(() => SettingsView, { nullable: true, description: 'Chooses which types come on which channels.' })
  @Directive('@policy(policies: [["person"]])')
  updateNotificationPreferences(
    @Arg('input', () => UpdateNotificationPreferencesInput, { description: 'The choices.' })
    input: UpdateNotificationPreferencesInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<SettingsView> {
    return useCases.updatePreferences(input);
  }

  @Mutation(() => SettingsView, {
    nullable: true,
    description: 'Sets the hours in which mail and push messages wait, or removes them.',
  })
  @Directive('@policy(policies: [["person"]])')
  updateQuietHours(
    @Arg('input', () => UpdateQuietHoursInput, { description: 'From when to when.' }) input: UpdateQuietHoursInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<SettingsView> {
    return useCases.updateQuietHours(input);
  }

  @Mutation(() => SettingsView, { nullable: true, description: 'Chooses how often a mail sums up what was not read.' })
  @Directive('@policy(policies: [["person"]])')
  updateNotificationDigest(
    @Arg('input', () => UpdateNotificationDigestInput, { description: 'How often.' })
    input: UpdateNotificationDigestInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<SettingsView> {
    return useCases.updateDigest(input);
  }
}
