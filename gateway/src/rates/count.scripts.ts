import { SLOTS } from './sliding.window.ts';
import type { Take } from './limit.ts';

/**
 * The same window as in memory, as a hash of slots. The time is that of Redis: the clocks of several gateways differ.
 *
 * `read` gives what is counted under a key and forgets what has left the window, `wait` how long until there is room.
 */
const WINDOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function read(key, slotMs)
  local slot = math.floor(now / slotMs)
  local slots, total = {}, 0
  local kept = redis.call('HGETALL', key)
  for i = 1, #kept, 2 do
    local at, units = tonumber(kept[i]), tonumber(kept[i + 1])
    if at < slot - ${SLOTS} then
      redis.call('HDEL', key, kept[i])
    else
      slots[#slots + 1] = { at = at, units = units }
      total = total + units
    end
  end
  return slots, total
end

local function wait(slots, total, units, max, slotMs)
  local excess = total + units - max
  if excess <= 0 then return 0 end
  if units > max then return ${SLOTS + 1} * slotMs end
  table.sort(slots, function(a, b) return a.at < b.at end)
  for _, each in ipairs(slots) do
    excess = excess - each.units
    if excess <= 0 then return (each.at + ${SLOTS + 1}) * slotMs - now end
  end
  return 0
end

local function add(key, slotMs, units)
  redis.call('HINCRBY', key, string.format('%d', math.floor(now / slotMs)), units)
  redis.call('PEXPIRE', key, ${SLOTS + 1} * slotMs)
end`;

/** Takes all or nothing. Answers which key had the longest wait, from 1, and how long; or zeros. */
export const takeScript = {
  SCRIPT: `${WINDOW}
local worst, longest = 0, 0
for i, key in ipairs(KEYS) do
  local units, max, slotMs = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local slots, total = read(key, slotMs)
  local needed = wait(slots, total, units, max, slotMs)
  if needed > longest then worst, longest = i, needed end
end
if worst == 0 then
  for i, key in ipairs(KEYS) do add(key, tonumber(ARGV[3 * i]), ARGV[3 * i - 2]) end
end
return { worst, longest }`,
  parseCommand: pushTakes,
  transformReply: (reply: unknown) => reply as number[],
};

/** Counts what was let through already. Answers for each key how long until there is room for one more. */
export const addScript = {
  SCRIPT: `${WINDOW}
local waits = {}
for i, key in ipairs(KEYS) do
  local units, max, slotMs = ARGV[3 * i - 2], tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  add(key, slotMs, units)
  local slots, total = read(key, slotMs)
  waits[i] = wait(slots, total, 1, max, slotMs)
end
return waits`,
  parseCommand: pushTakes,
  transformReply: (reply: unknown) => reply as number[],
};

interface Arguments {
  pushKeysLength(keys: string[]): unknown;
  push(...values: string[]): unknown;
}

function pushTakes(parser: Arguments, takes: readonly Take[]): void {
  parser.pushKeysLength(takes.map(({ key }) => key));
  for (const { units, limit } of takes) parser.push(`${units}`, `${limit.max}`, `${limit.slotMs}`);
}
