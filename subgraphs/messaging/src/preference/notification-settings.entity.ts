import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { registerEnumType } from 'type-graphql';
import type { QuietHours } from './quiet-hours.ts';

export enum DigestFrequency {
  NONE = 'NONE',
  DAILY = 'DAILY',
  WEEKLY = 'WEEKLY',
}

registerEnumType(DigestFrequency, {
  name: 'DigestFrequency',
  description: 'How often somebody gets a mail about what they have not read.',
  valuesConfig: {
    NONE: { description: 'Never.' },
    DAILY: { description: 'Every day at eight in the morning, local time.' },
    WEEKLY: { description: 'Every Monday at eight in the morning, local time.' },
  },
});

/** What holds for all of a person's notifications. Somebody without a row has the defaults. */
@Entity()
export class NotificationSettings {
  @PrimaryKey({ type: 'uuid' })
  userId!: string;

  @Property({ type: 'time', nullable: true })
  quietStart?: string | null;

  @Property({ type: 'time', nullable: true })
  quietEnd?: string | null;

  @Property({ type: 'text' })
  digest: DigestFrequency = DigestFrequency.WEEKLY;

  get quietHours(): QuietHours | undefined {
    if (!this.quietStart || !this.quietEnd) return undefined;
    return { start: this.quietStart.slice(0, 5), end: this.quietEnd.slice(0, 5) };
  }

  set quietHours(hours: QuietHours | undefined) {
    this.quietStart = hours?.start ?? null;
    this.quietEnd = hours?.end ?? null;
  }
}
