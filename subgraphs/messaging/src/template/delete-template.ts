import { conflict } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { builtinTemplate } from './builtin-templates.ts';
import { findWritableTemplate } from './find-writable-template.ts';
import type { DeleteNotificationTemplateInput } from './template.inputs.ts';

/** Removes a template: the next best one is used from then on. The built-in ones stay. */
export async function deleteTemplate(work: MessagingWork, { id }: DeleteNotificationTemplateInput): Promise<string> {
  return asSystem(work, async () => {
    const template = await findWritableTemplate(work, id);
    const { organizationId, type, channel, locale } = template;
    if (!organizationId && builtinTemplate(type, channel, locale)) {
      throw conflict('A built-in template cannot be removed, only changed.');
    }
    work.em.remove(template);
    return id;
  });
}
