import type { Logger } from '@supergraph/protocol';
import type { Admission } from '../guard/operation.guard.ts';
import type { RefusalLog } from '../guard/refusal.log.ts';
import type { GatewaySettings } from '../settings.ts';
import { AutomaticDocuments } from './automatic.documents.ts';
import { DocumentResolver } from './document.resolver.ts';
import { TrustedDocuments } from './trusted.documents.ts';

export interface Documents {
  readonly resolver: DocumentResolver;
  /** To be asked as the last of all admissions. */
  readonly admissions: readonly Admission[];
  close(): void;
}

/** Opens what the settings ask for. Rejects when there is no manifest that could be used, and there has to be one. */
export async function openDocuments(
  settings: GatewaySettings,
  logger: Logger,
  refusals: RefusalLog,
): Promise<Documents> {
  const { trustedDocuments: mode, trustedDocumentsFile: path, reloadIntervalMs } = settings;
  if (mode !== 'off' && path === undefined) throw new Error(`Trusted documents (${mode}) need a manifest file`);
  const trusted = mode === 'off' ? undefined : await TrustedDocuments.open(path!, reloadIntervalMs, logger);
  // Where only listed documents are run, there is nothing to remember.
  const automatic = settings.persistedQueries && mode !== 'only' ? new AutomaticDocuments(settings) : undefined;
  const resolver = new DocumentResolver({ mode, trusted, automatic, refusals });
  const close = (): void => {
    trusted?.close();
    resolver.close();
  };
  return { resolver, admissions: automatic ? [automatic] : [], close };
}
