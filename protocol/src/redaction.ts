const REDACTED = '[redacted]';
/** Stands for a part of a message that may be somebody's. */
const WITHHELD = '[…]';

/** Whatever is called so is not for a log, however deep it lies. Numbers and switches are let through. */
const SECRET_NAMES =
  /pass(?:word|phrase|code)|secret|token|authori[sz]ation|cookie|credential|api[-_]?key|private[-_]?key|signature|recovery[-_]?code|otp$/i;

/** Where PostgreSQL's driver puts the row that was refused, and the ORM the statement with its values. */
const ROW_NAMES: ReadonlySet<string> = new Set([
  'detail',
  'where',
  'parameters',
  'params',
  'query',
  'sql',
  'variables',
]);

/** What tells of an error without telling what it was about. */
const ERROR_FIELDS = ['code', 'errno', 'syscall', 'schema', 'table', 'column', 'constraint', 'routine', 'severity'];
const ERROR_FIELD = /^[\w.-]{1,80}$/;

const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_TEXT = 4_000;
const MAX_CAUSES = 5;

/** The fields of a line, as they may be logged. */
export function redactedFields(fields: object): Record<string, unknown> {
  return redactedObject(fields, 0);
}

function redactedObject(source: object, depth: number): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(source).slice(0, MAX_ITEMS)) {
    const isSecret = SECRET_NAMES.test(name) || ROW_NAMES.has(name);
    told[name] = name === 'err' ? redactedError(value) : isSecret ? withheld(value) : redacted(value, depth + 1);
  }
  return told;
}

function withheld(value: unknown): unknown {
  return value === null || ['number', 'boolean', 'undefined'].includes(typeof value) ? value : REDACTED;
}

function redacted(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutCredentials(value.slice(0, MAX_TEXT));
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return redactedError(value);
  if (value instanceof Date) return value;
  if (depth > MAX_DEPTH) return WITHHELD;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redacted(item, depth + 1));
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    return redacted((value as { toJSON(): unknown }).toJSON(), depth + 1);
  }
  return redactedObject(value, depth);
}

/** Of an error its kind, its place in our code, and its message in words, with what caused it. */
function redactedError(error: unknown, causes = 0): unknown {
  if (typeof error === 'string') return inWords(error);
  if (typeof error !== 'object' || error === null) return error;
  const { name, message, stack, cause, path, extensions } = error as Error & { path?: unknown; extensions?: unknown };
  const { code } = (extensions ?? {}) as { code?: unknown };
  const told: Record<string, unknown> = {
    type: typeof name === 'string' && ERROR_FIELD.test(name) ? name : 'Error',
    message: inWords(String(message)),
  };
  for (const field of ERROR_FIELDS) {
    const value = (error as Record<string, unknown>)[field];
    if ((typeof value === 'string' && ERROR_FIELD.test(value)) || typeof value === 'number') told[field] = value;
  }
  if (typeof code === 'string' && ERROR_FIELD.test(code)) told['code'] = code;
  if (Array.isArray(path)) told['path'] = path.slice(0, MAX_ITEMS).map(String);
  if (typeof stack === 'string') told['stack'] = framesOf(stack);
  if (cause && causes < MAX_CAUSES) told['cause'] = redactedError(cause, causes + 1);
  return told;
}

const FRAME = /^ {4}at (?:[\w.<>#$ [\]]{1,200} \()?(?:async )?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]*:\d+:\d+\)?$/;

/** A stack begins with the message, and may have that of its cause in the middle. */
function framesOf(stack: string): string {
  const frames = stack.slice(0, 10 * MAX_TEXT).split('\n');
  return frames.filter((line) => FRAME.test(line)).join('\n');
}

/** Quoted text. An apostrophe within a word begins none. */
const QUOTED = /"[^"]*(?:"|$)|`[^`]*(?:`|$)|(?<![A-Za-z])'[^']*(?:'|$)/g;
const WORD = /^[([{]*[A-Za-z]{1,20}(?:['’-][A-Za-z]{1,20})?[)\]}.,:;!?…]*$/;

/**
 * A message with nothing but its words: what is quoted, has a digit or a sign in it, or is no word for its length, is
 * likely to be what the message is about, and that may be an address, a token, a row.
 */
export function inWords(message: string): string {
  const text = message.slice(0, MAX_TEXT).replace(QUOTED, WITHHELD);
  const words = text.split(/\s+/).map((word) => (WORD.test(word) || /^[^A-Za-z0-9]*$/.test(word) ? word : WITHHELD));
  return words.join(' ').replace(/\[…\](?: \[…\])+/g, WITHHELD);
}

/** Text that may be logged, without the credentials that are known by their form. */
function withoutCredentials(text: string): string {
  return text
    .replace(/(\w:\/\/)[^/\s?#@]*@/g, `$1${REDACTED}@`)
    .replace(/\b(Bearer|Basic)\s+[^\s"',]+/gi, `$1 ${REDACTED}`)
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED)
    .replace(/([?&#][\w.-]*(?:token|secret|password|key|code|signature)[\w.-]*=)[^&#\s"']+/gi, `$1${REDACTED}`);
}
