import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

const MEGABYTE = 1024 * 1024;

/** Three semi-spaces of 64 MB, which V8 counts into its limit. */
const YOUNG_GENERATION_BYTES = 3 * 64 * MEGABYTE;

/** Spaces whose size says nothing about how close the end is: the young generation is emptied when it is full. */
const NOT_OLD: ReadonlySet<string> = new Set(['new_space', 'new_large_object_space', 'read_only_space']);

/** How much of the old generation is in use, in bytes: the part of the heap that ends the process when it is full. */
export function oldGenerationBytes(): number {
  let used = 0;
  for (const { space_name: name, space_used_size: size } of getHeapSpaceStatistics()) {
    if (!NOT_OLD.has(name)) used += size;
  }
  return used;
}

/** How large the old generation may become, in bytes. */
export function oldGenerationLimit(): number {
  const { heap_size_limit: limit } = getHeapStatistics();
  // V8 does not tell the size of the young generation. Where it was made so small that this would leave nothing, a guess.
  return Math.max(limit - YOUNG_GENERATION_BYTES, limit * 0.4);
}
