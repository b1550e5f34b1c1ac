import { IsOptional, Matches, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IsPushEndpoint } from './is-push-endpoint.ts';

@InputType({ description: 'What `PushManager.subscribe()` of a browser returned.' })
export class RegisterPushSubscriptionInput {
  @Field(() => String, { description: 'Its endpoint: an https URL of the browser maker’s service.' })
  @IsPushEndpoint()
  endpoint!: string;

  @Field(() => String, { description: 'Its key `p256dh`, URL-safe base64 of 65 bytes.' })
  @Matches(/^[A-Za-z0-9_-]{87}=?$/, { message: 'p256dh must be 65 bytes in URL-safe base64' })
  p256dh!: string;

  @Field(() => String, { description: 'Its key `auth`, URL-safe base64 of 16 bytes.' })
  @Matches(/^[A-Za-z0-9_-]{22}(==)?$/, { message: 'auth must be 16 bytes in URL-safe base64' })
  auth!: string;

  @Field(() => String, { nullable: true, description: 'What to call the browser in the list.' })
  @IsOptional()
  @MaxLength(300)
  userAgent?: string | null;
}

@InputType({ description: 'A browser that is not to get push messages any more.' })
export class UnregisterPushSubscriptionInput {
  @Field(() => ID, { description: 'Which one.' })
  @MaxLength(64)
  id!: string;
}
