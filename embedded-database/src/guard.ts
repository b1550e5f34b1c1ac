import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

// It reads from us until there is nobody to read from. `-INT` is PostgreSQL's fast shutdown.
const SCRIPT = `cat > /dev/null
kill -INT "$1" && while kill -0 "$1"; do sleep 0.1; done
rm -rf "$2"`;

/**
 * Ends a temporary server and deletes its folder when this process is gone, however it went: a test run that is
 * interrupted has no chance to clean up itself. Not on Windows.
 *
 * @returns how to call the guard off
 */
export function guard(pid: number, folder: string): () => void {
  if (process.platform === 'win32') return () => {};
  const child = spawn('sh', ['-c', SCRIPT, 'guard', String(pid), folder], {
    // Apart from our process group, or the Ctrl-C that ends us would end it first.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell there is no guard, and everything else works.
  child.on('error', () => {});
  child.unref();
  (child.stdin as Socket | null)?.unref();
  return () => void child.kill('SIGKILL');
}
