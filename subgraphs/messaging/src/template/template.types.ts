import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { VariableKind } from './variable.schema.ts';

registerEnumType(VariableKind, {
  name: 'NotificationVariableKind',
  description: 'The kind of a template’s variable.',
  valuesConfig: {
    TEXT: { description: 'A text. Shown as `{{name}}`.' },
    INTEGER: { description: 'A whole number. Shown as `{{integer name}}`.' },
    DATE_TIME: { description: 'A date and time in ISO 8601. Shown as `{{dateTime name}}`.' },
    MONEY: { description: '`{ amount, currency }`, the amount in minor units. Shown as `{{money name}}`.' },
    LIST: { description: 'A list of objects. Shown as `{{#each name}}…{{/each}}`.' },
  },
});

@ObjectType('NotificationVariable', { description: 'Something that a template can show.' })
export class VariableView {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => VariableKind, { description: 'Its kind.' })
  kind!: VariableKind;

  @Field(() => Boolean, { description: 'Whether a sender has to supply it.' })
  required!: boolean;

  @Field(() => [VariableView], { description: 'What each element of a list has; empty for other kinds.' })
  @Directive('@listSize(assumedSize: 10)')
  fields!: VariableView[];
}

@Directive('@authenticated')
@ObjectType('NotificationTypeRules', { description: 'What holds for all notifications of a type.' })
export class TypeView {
  @Field(() => NotificationType, { description: 'The type.' })
  type!: NotificationType;

  @Field(() => [Channel], { description: 'The channels it can come on.' })
  channels!: Channel[];

  @Field(() => [VariableView], { description: 'What a sender supplies and its templates can show.' })
  @Directive('@listSize(assumedSize: 10)')
  variables!: VariableView[];

  @Field(() => Boolean, { description: 'About the safety of the account: its mail cannot be turned off.' })
  security!: boolean;

  @Field(() => Boolean, { description: 'Sent by the product itself, and not with `sendNotification`.' })
  reserved!: boolean;
}

@Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
@ObjectType('NotificationPreview', { description: 'A template, filled in.' })
export class PreviewView {
  @Field(() => String, { description: 'The subject or title.' })
  subject!: string;

  @Field(() => String, { description: 'The plain text.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'The HTML part of a mail, laid out as it is sent.' })
  html?: string | null;
}
