// The record as a table for a spreadsheet, made in the browser of what the auditor may read.
const PAGE = 500;
const ROWS_MAX = 20_000;
const COLUMNS = ['number', 'at', 'who', 'what', 'whose', 'result', 'from', 'note'];

/** A cell that no spreadsheet takes for a formula. */
function cell(value) {
  const text = String(Array.isArray(value) ? value.join(' ') : value ?? '');
  const plain = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

/** Reads page after page, says how far it is, and hands the file to the browser. */
export async function saveCsv(read, reading, done) {
  const rows = [];
  let before = null;
  do {
    const page = await read(before, PAGE);
    rows.push(...page.entries);
    before = page.before ?? null;
    reading(rows.length);
  } while (before !== null && rows.length < ROWS_MAX);
  const text = [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))].map((row) => row.map(cell).join(',')).join('\r\n');
  const address = URL.createObjectURL(new Blob(['\ufeff', text, '\r\n'], { type: 'text/csv' })); // the mark has Excel read UTF-8
  const link = document.createElement('a');
  link.href = address;
  link.download = 'audit.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  done(rows.length, before === null);
}
