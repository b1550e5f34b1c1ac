/** The entry of every npm script. Needs nothing but Node 20: it installs what is missing, then uses the bundled Node. */
import { commands } from './commands.mjs';
import { ensureInstalled } from './toolchain.mjs';

const OLDEST_NODE = 20;

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
if (Number.parseInt(process.versions.node) < OLDEST_NODE) {
  console.error(`Supergraph needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}.`);
  process.exitCode = 1;
} else if (!command) {
  console.error(`Usage: node scripts/run.mjs <${Object.keys(commands).join('|')}>`);
  process.exitCode = 2;
} else {
  await ensureInstalled();
  process.exitCode = await command(args);
}
