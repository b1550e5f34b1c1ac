import { IsIn, IsOptional, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IsLink } from '../is-link.ts';
import { BroadcastAudience } from './broadcast.entity.ts';

const ROLES = ['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'VIEWER'] as const;

@InputType({ description: 'Whom a broadcast is for.' })
export class BroadcastAudienceInput {
  @Field(() => BroadcastAudience, { description: 'The kind of audience.' })
  kind!: BroadcastAudience;

  @Field(() => String, {
    nullable: true,
    description: 'With `ROLE`, and only then: OWNER, ADMIN, MANAGER, AGENT or VIEWER.',
  })
  @IsOptional()
  @IsIn(ROLES)
  role?: string | null;
}

@InputType({ description: 'What to tell many.' })
export class BroadcastNotificationInput {
  @Field(() => BroadcastAudienceInput, { description: 'Whom it is for.' })
  @ValidateNested()
  audience!: BroadcastAudienceInput;

  @Field(() => String, { description: 'One line of plain text, at most 200 characters.' })
  @MinLength(1)
  @MaxLength(200)
  title!: string;

  @Field(() => String, { description: 'Plain text, at most 4000 characters.' })
  @MinLength(1)
  @MaxLength(4_000)
  body!: string;

  @Field(() => String, { nullable: true, description: 'Where it leads: a path in the app, or a URL.' })
  @IsOptional()
  @IsLink()
  link?: string | null;

  @Field(() => String, { description: 'Asking again under the same key starts nothing and gives the first broadcast.' })
  @MaxLength(128)
  idempotencyKey!: string;
}

@InputType({ description: 'A broadcast to stop.' })
export class CancelBroadcastInput {
  @Field(() => ID, { description: 'Which one.' })
  @MaxLength(64)
  id!: string;
}
