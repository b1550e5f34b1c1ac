import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** That a handler acted on something, once per row. */
export class Effect {
  declare seq?: number;
  declare handler: string;
  declare subject: string;
}

// Called as functions: the crash tests run this file in a plain Node process, which strips types and knows no decorators.
PrimaryKey({ type: 'integer', autoincrement: true })(Effect.prototype, 'seq');
Property({ type: 'text' })(Effect.prototype, 'handler');
Property({ type: 'text' })(Effect.prototype, 'subject');
Entity({ tableName: 'effect' })(Effect);
