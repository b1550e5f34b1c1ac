import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { TYPE_RULES } from '../notification/type-catalogue.ts';
import type { TypeView, VariableView } from './template.types.ts';
import type { VariableSchema } from './variable.schema.ts';

/** What there is to tell, for those who send and for those who write templates. */
export async function describeTypes(work: MessagingWork, _input: undefined): Promise<TypeView[]> {
  work.session.requireUser();
  return Object.values(NotificationType).map((type) => {
    const { channels, variables, security, reserved } = TYPE_RULES[type];
    return { type, channels: [...channels], variables: describe(variables), security, reserved };
  });
}

function describe(schema: VariableSchema): VariableView[] {
  return Object.entries(schema).map(([name, { kind, required, fields }]) => ({
    name,
    kind,
    required,
    fields: describe(fields ?? {}),
  }));
}
