import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime, GraphQLEmailAddress, GraphQLURL } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { PlatformRole } from '../role/platform-role.ts';
import { Persona } from './persona.ts';
import { PrivateField } from './private-field.ts';
import { UserStatus } from './user-status.ts';

/** What stays of a person who has left. */
const DELETED_NAME = 'Deleted user';

const NOT_YOURS = 'Null for everybody but the person and support.';

/** What people may change about themselves. */
interface ProfileFields {
  readonly name?: string | null;
  readonly avatarUrl?: string | null;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person. Name and picture are for everybody who is signed in, all else is private.' })
@Entity({ tableName: 'user_account' })
export class User {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'As the person wants to be called.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => GraphQLURL, { nullable: true, description: 'Where a picture of the person is.' })
  @Property({ type: 'text', nullable: true })
  avatarUrl?: string | null;

  @Field(() => GraphQLEmailAddress, { nullable: true, description: `The address they sign in with. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'text', nullable: true })
  email!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: `When they showed that the address is theirs. ${NOT_YOURS}`,
  })
  @PrivateField()
  @Property({ type: 'datetime', nullable: true })
  emailVerifiedAt?: Date | null;

  @Field(() => String, { nullable: true, description: `Their language, as a BCP 47 tag. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'text' })
  locale!: string;

  @Field(() => String, { nullable: true, description: `Their time zone, by its IANA name. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'text' })
  timeZone!: string;

  @Field(() => Persona, { nullable: true, description: `What they are here to do at present. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'text' })
  persona!: Persona;

  @Field(() => PlatformRole, { nullable: true, description: `Their role in the platform itself. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'text' })
  platformRole!: PlatformRole;

  @Field(() => UserStatus, { nullable: true, description: `Where the account stands. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'text' })
  status!: UserStatus;

  @Field(() => String, { nullable: true, description: `Why the account is suspended, if it is. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'text', nullable: true })
  suspensionReason?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `Grows with each change; an update passes the one it read. ${NOT_YOURS}`,
  })
  @PrivateField()
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: `When they registered. ${NOT_YOURS}` })
  @PrivateField()
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  deletedAt?: Date | null;

  /**
   * The person has just proved who they are, in this very request: what is private may be shown although the request
   * came without a token.
   */
  @Property({ persist: false, type: 'boolean' })
  shownToThemselves?: boolean;

  get mayStartSession(): boolean {
    return this.status === UserStatus.PENDING || this.status === UserStatus.ACTIVE;
  }

  verifyEmail(now: Date): void {
    this.go(UserStatus.ACTIVE, [UserStatus.PENDING], now);
    this.emailVerifiedAt = now;
  }

  /** To an address that is known to be theirs. */
  changeEmail(email: string, now: Date): void {
    this.email = email;
    if (this.status !== UserStatus.PENDING) this.emailVerifiedAt = now;
    this.updatedAt = now;
  }

  /** Changes what is given; only the picture can be taken away. */
  changeProfile(change: ProfileFields, now: Date): void {
    this.name = change.name?.trim() ?? this.name;
    this.locale = change.locale ?? this.locale;
    this.timeZone = change.timeZone ?? this.timeZone;
    if (change.avatarUrl !== undefined) this.avatarUrl = change.avatarUrl;
    this.updatedAt = now;
  }

  /** @returns whether that is a change */
  switchPersona(persona: Persona, now: Date): boolean {
    if (this.persona === persona) return false;
    this.persona = persona;
    this.updatedAt = now;
    return true;
  }

  suspend(reason: string, now: Date): void {
    this.go(UserStatus.SUSPENDED, [UserStatus.ACTIVE], now);
    this.suspensionReason = reason;
  }

  activate(now: Date): void {
    this.go(UserStatus.ACTIVE, [UserStatus.SUSPENDED], now);
    this.suspensionReason = null;
  }

  changePlatformRole(role: PlatformRole, now: Date): void {
    this.platformRole = role;
    this.updatedAt = now;
  }

  /** Leaves an anonymous trace, so that what others wrote together with this person stays readable. */
  delete(now: Date): void {
    this.go(UserStatus.DELETED, [UserStatus.PENDING, UserStatus.ACTIVE, UserStatus.SUSPENDED], now);
    this.name = DELETED_NAME;
    this.email = null;
    this.emailVerifiedAt = null;
    this.avatarUrl = null;
    this.locale = 'en';
    this.timeZone = 'UTC';
    this.platformRole = PlatformRole.MEMBER;
    this.suspensionReason = null;
    this.deletedAt = now;
  }

  // Not `#go`: the ORM makes entities without their constructor, and they would lack it.
  private go(to: UserStatus, from: readonly UserStatus[], now: Date): void {
    if (!from.includes(this.status)) throw illegalTransition('User', this.status, to);
    this.status = to;
    this.updatedAt = now;
  }
}
