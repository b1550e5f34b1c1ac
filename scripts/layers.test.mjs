import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findLayerViolations } from './layers.mjs';

/** Enough of a workspace for the rules to know which names are subgraphs. */
const SUBGRAPHS = { 'subgraphs/identity/src/subgraph.ts': '', 'subgraphs/messaging/src/subgraph.ts': '' };

describe('the layers', () => {
  let root;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'layers-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function violations(sources) {
    const files = { ...SUBGRAPHS, ...sources };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return findLayerViolations(root, Object.keys(files));
  }

  describe('let', () => {
    test.each([
      ['everybody speak the protocol', 'gateway/src/server.ts', "import { signCall } from '@supergraph/protocol';"],
      ['a subgraph use the kit', 'subgraphs/identity/src/a.ts', "import { page } from '@supergraph/subgraph-kit';"],
      [
        "a subgraph know another one's events as types",
        'subgraphs/messaging/src/a.ts',
        "import type { UserRegistered } from '@supergraph/identity/events';",
      ],
      ['tests use the testkit', 'gateway/src/a.test.ts', "import { tokens } from '@supergraph/testkit';"],
      ['standalone assemble the house', 'standalone/src/a.ts', "import { identity } from '@supergraph/identity';"],
      ['a file import its neighbour', 'gateway/src/plan/a.ts', "import { b } from '../b.ts';"],
      ['a sentence mention an import', 'gateway/src/a.ts', "// import { x } from '@supergraph/identity'"],
      ['a word contain an empty one', 'gateway/src/database.ts', 'export class DatabaseSource {}'],
      ["code speak of the ORM's own names", 'subgraph-kit/src/a.ts', 'type SqlEntityManager = never;'],
    ])('%s', (_, file, text) => {
      expect(violations({ [file]: text })).toEqual([]);
    });
  });

  describe('forbid', () => {
    test.each([
      ['the gateway to know the kit', 'gateway/src/a.ts', "import { page } from '@supergraph/subgraph-kit';"],
      ['the gateway to know a subgraph', 'gateway/src/a.ts', "import type { User } from '@supergraph/identity';"],
      ['the kit to know a subgraph', 'subgraph-kit/src/a.ts', "import { identity } from '@supergraph/identity';"],
      ['the protocol to know anybody', 'protocol/src/a.ts', "import { page } from '@supergraph/subgraph-kit';"],
      [
        'a subgraph to run code of another',
        'subgraphs/messaging/src/a.ts',
        "import { identity } from '@supergraph/identity';",
      ],
      [
        'a subgraph to run code of the events of another',
        'subgraphs/messaging/src/a.ts',
        "import { type UserRegistered } from '@supergraph/identity/events';",
      ],
      [
        'a subgraph to import more than events of another, even as a type',
        'subgraphs/messaging/src/a.ts',
        "import type { User } from '@supergraph/identity';",
      ],
      [
        'an import that spans lines',
        'subgraphs/messaging/src/a.ts',
        "import {\n  identity,\n  User,\n} from '@supergraph/identity';",
      ],
      ['an import for its effect', 'gateway/src/a.ts', "import '@supergraph/identity';"],
      ['a dynamic import', 'gateway/src/a.ts', "const kit = await import('@supergraph/subgraph-kit');"],
      ['a re-export', 'gateway/src/a.ts', "export * from '@supergraph/subgraph-kit';"],
      ['sources to use the testkit', 'gateway/src/a.ts', "import { tokens } from '@supergraph/testkit';"],
      ['a way around the entry', 'gateway/src/a.ts', "import { a } from '../../subgraph-kit/src/a.ts';"],
      ['an index.ts that is no entry', 'gateway/src/plan/index.ts', ''],
      ['a folder named for nothing', 'gateway/src/utils/plan.ts', ''],
      ['a file named for nothing', 'gateway/src/plan.helper.ts', ''],
      ['a file named for nothing at its end', 'gateway/src/socket-manager.ts', ''],
      ['a class named for nothing', 'gateway/src/sockets.ts', 'export class SocketManager {}'],
    ])('%s', (_, file, text) => {
      expect(violations({ [file]: text })).toEqual([expect.stringContaining(`${file}: `)]);
    });
  });
});
