/** A record of a file, with the line of the file it begins in. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads comma-separated text as RFC 4180 has it, and as spreadsheets write it: with a byte order mark, with semicolons,
 * with any end of line. Empty lines are left out.
 *
 * @throws SyntaxError for a quote that does not end
 */
export function parseCsv(text: string): CsvRecord[] {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const separator = separatorOf(source);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let [at, line, begun] = [0, 1, 1];
  const endRecord = () => {
    if (cells.length > 1 || cells[0]!.trim() !== '') records.push({ line: begun, cells });
    cells = [];
    begun = line;
  };
  while (at < source.length) {
    const cell = source[at] === '"' ? quotedCell(source, at, line) : plainCell(source, at, separator);
    cells.push(cell.text);
    at = cell.end;
    line += cell.lines;
    const end = /\r\n|\r|\n/y;
    end.lastIndex = at;
    const newLine = end.exec(source);
    if (newLine) {
      at += newLine[0].length;
      line += 1;
      endRecord();
    } else if (source[at] === separator) {
      at += 1;
      if (at === source.length) cells.push('');
    } else if (at < source.length) {
      throw new SyntaxError(`There is text after a quote in line ${line}.`);
    }
  }
  if (cells.length > 0) endRecord();
  return records;
}

interface Cell {
  readonly text: string;
  /** Where it ends, and how many lines it goes on for. */
  readonly end: number;
  readonly lines: number;
}

function quotedCell(source: string, from: number, line: number): Cell {
  const quoted = /"([^"]*(?:""[^"]*)*)"/y;
  quoted.lastIndex = from;
  const found = quoted.exec(source);
  if (!found) throw new SyntaxError(`A quote that begins in line ${line} does not end.`);
  const text = found[1]!.replaceAll('""', '"');
  return { text, end: quoted.lastIndex, lines: text.split(/\r\n|\r|\n/).length - 1 };
}

function plainCell(source: string, from: number, separator: string): Cell {
  let end = from;
  while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r') end += 1;
  return { text: source.slice(from, end), end, lines: 0 };
}

/** Spreadsheets of many countries write semicolons, because their commas are in numbers. */
function separatorOf(source: string): string {
  const [header = ''] = source.split(/\r|\n/, 1);
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

/** What a spreadsheet would take for a formula, which could send its owner's other cells away. */
const FORMULA = /^[=+\-@\t\r]/;

/** A text that no spreadsheet runs. */
export function neutralised(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The same text again, as it was before. */
export function withoutNeutralising(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => `"${neutralised(cell).replaceAll('"', '""')}"`).join(',');
}
