import type { EmbeddedDatabase } from '@supergraph/embedded-database';

declare global {
  var supergraphTestDatabase: EmbeddedDatabase | undefined;
}
