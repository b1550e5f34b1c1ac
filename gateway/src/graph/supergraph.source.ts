import { Supergraph } from '@apollo/federation-internals';
import type { SupergraphManager } from '@apollo/gateway';
import type { Logger } from '@supergraph/protocol';
import { assertValidSchema, buildASTSchema, type GraphQLSchema, parse, print } from 'graphql';
import { WatchedFile } from '../files/watched.file.ts';
import type { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { GatewaySettings } from '../settings.ts';
import { withoutSecurityDirectives } from './security-directives.ts';

type Settings = Pick<GatewaySettings, 'supergraphSdl' | 'supergraphFile' | 'reloadIntervalMs'>;
type Hook = Parameters<SupergraphManager['initialize']>[0];

/**
 * Where Apollo Gateway gets its supergraph from, at the start and whenever it changes.
 *
 * At the start a broken supergraph is an error. Later it is only logged: the graph that works goes on being served.
 */
export class SupergraphSource implements SupergraphManager {
  readonly #settings: Settings;
  readonly #logger: Logger;
  readonly #metrics: GatewayMetrics;
  #annotated: GraphQLSchema | undefined;

  constructor(settings: Settings, logger: Logger, metrics: GatewayMetrics) {
    this.#settings = settings;
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /**
   * The supergraph that Apollo Gateway was given last, with everything its definitions are annotated with. What it is
   * given itself lacks the security directives.
   */
  get annotated(): GraphQLSchema {
    if (!this.#annotated) throw new Error('No supergraph was read yet');
    return this.#annotated;
  }

  async initialize({ update }: Hook): Promise<{ supergraphSdl: string; cleanup?: () => Promise<void> }> {
    const { supergraphSdl, supergraphFile, reloadIntervalMs } = this.#settings;
    if (supergraphSdl !== undefined) return { supergraphSdl: this.#prepare(supergraphSdl) };
    const file = new WatchedFile(supergraphFile, reloadIntervalMs);
    const text = await file.read().catch((error: Error) => {
      throw new Error(`The supergraph cannot be read: ${error.message}`, { cause: error });
    });
    file.watch(
      (changed) => this.#reload(changed, update),
      (error) => this.#logger.error({ err: error }, 'The supergraph file cannot be read; the graph stays as it was'),
    );
    return { supergraphSdl: this.#prepare(text), cleanup: async () => file.unwatch() };
  }

  #prepare(text: string): string {
    const document = parse(text, { noLocation: true });
    this.#annotated = buildASTSchema(document, { assumeValid: true });
    const stripped = withoutSecurityDirectives(document);
    return stripped === document ? text : print(stripped);
  }

  #reload(text: string, update: Hook['update']): void {
    const before = this.#annotated;
    try {
      const prepared = this.#prepare(text);
      checkSupergraph(prepared);
      update(prepared);
      this.#metrics.graphLoaded('served');
      this.#logger.info('The supergraph was reloaded');
    } catch (error) {
      this.#annotated = before;
      this.#metrics.graphLoaded('refused');
      this.#logger.error({ err: error }, 'The new supergraph is broken; the graph stays as it was');
    }
  }
}

/** Apollo Gateway finds some faults only when it has already let go of the old graph. This finds them before. */
function checkSupergraph(text: string): void {
  assertValidSchema(Supergraph.build(text, { validateSupergraph: true }).apiSchema().toGraphQLJSSchema());
}
