import type { MessagingWork } from './context.ts';
import { installTemplates } from './template/install-templates.ts';

/**
 * What a first run needs: the built-in templates. Notifications for the demo users need no seed; they come from the
 * events of their registration.
 */
export async function seedMessaging(runtime: {
  asSystem(run: (work: MessagingWork) => Promise<void>): Promise<unknown>;
}): Promise<void> {
  await runtime.asSystem(installTemplates);
}
