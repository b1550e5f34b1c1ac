/** Fails when a file's name or imports break the rules of `layers.mjs`. Looks at what git knows or would add. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findLayerViolations } from './layers.mjs';
import { ROOT } from './toolchain.mjs';

const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
const files = [...new Set(listed.toString().split('\0'))].filter((file) => file && existsSync(join(ROOT, file)));
const violations = findLayerViolations(ROOT, files);
for (const violation of violations) console.error(violation);
if (violations.length > 0) process.exitCode = 1;
