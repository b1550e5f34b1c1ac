import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, TOOLS } from './toolchain.mjs';

const READS_ENVIRONMENT = 'export const port = process.env.PORT;\n';
const PRINTS = "export const greet = () => console.log('hello');\n";
const LONG = Array.from({ length: 301 }, (_, index) => `export const line${index} = ${index};\n`).join('');

/** One file for each case; whether oxlint refuses it, and by which rule. */
const CASES = [
  [
    'an ORM in a resolver',
    'a.resolver.ts',
    "import { raw } from '@mikro-orm/core';\nexport { raw };\n",
    'no-restricted-imports',
  ],
  [
    "an ORM's types in a resolver",
    'b.resolver.ts',
    "import type { Loaded } from '@mikro-orm/core';\nexport type { Loaded };\n",
  ],
  ['an ORM elsewhere', 'c.entity.ts', "import { raw } from '@mikro-orm/core';\nexport { raw };\n"],
  ['the environment', 'd.ts', READS_ENVIRONMENT, 'no-process-env'],
  [
    'the environment by another name',
    'e.ts',
    "import { env } from 'node:process';\nexport { env };\n",
    'no-restricted-imports',
  ],
  ['the environment in environment.ts', 'environment.ts', READS_ENVIRONMENT],
  ['printing', 'f.ts', PRINTS, 'no-console'],
  ['printing in a script', '../../scripts/g.mjs', PRINTS],
  ['a file of 301 lines', 'h.ts', LONG, 'max-lines'],
  ['a focused test', 'i.test.ts', "test.only('one', () => expect(1).toBe(1));\n", 'no-focused-tests'],
  ['a skipped test', 'j.test.ts', "test.skip('one', () => expect(1).toBe(1));\n", 'no-disabled-tests'],
  ['any', 'k.ts', 'export const whatever = (value: any) => value;\n', 'no-explicit-any'],
];

describe('oxlint', () => {
  let root;
  let findings;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'lint-rules-'));
    copyFileSync(join(ROOT, '.oxlintrc.json'), join(root, '.oxlintrc.json'));
    for (const [, file, text] of CASES) {
      const path = join(root, 'orders/src', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const { stdout } = spawnSync(process.execPath, [join(ROOT, TOOLS.oxlint), '--format=json'], { cwd: root });
    findings = JSON.parse(stdout.toString()).diagnostics;
  });

  afterAll(() => rmSync(root, { recursive: true }));

  function rulesBroken(file) {
    const path = join('orders/src', file);
    return findings.filter((finding) => finding.filename === path).map((finding) => /\((.+)\)/.exec(finding.code)[1]);
  }

  test.each(CASES.filter(([, , , rule]) => rule))('refuses %s', (_, file, _text, rule) => {
    expect(rulesBroken(file)).toContain(rule);
  });

  test.each(CASES.filter(([, , , rule]) => !rule))('allows %s', (_, file) => {
    expect(rulesBroken(file)).toEqual([]);
  });
});
