import { readFileSync } from 'node:fs';

// USER_HZ, which Linux fixes at 100 for everything it tells user space.
const TICKS_PER_SECOND = 100;

/**
 * What a process has used so far: CPU seconds of all its threads and resident memory in bytes. From `/proc`, so
 * `undefined` anywhere but on Linux.
 */
export function usageOf(pid) {
  try {
    // The process name in brackets may hold spaces; the fields after it do not.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      residentBytes: Number(resident[1]) * 1024,
    };
  } catch {
    return undefined;
  }
}
