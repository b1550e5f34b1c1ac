import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy';

/** That a role allows something. */
@Entity()
export class RolePermission {
  @PrimaryKey({ type: 'text' })
  role!: string;

  @PrimaryKey({ type: 'text' })
  permission!: string;
}
