// What changed between two texts, line by line.
const CONTEXT = 3;
const CELLS_MAX = 4_000_000;

/** Lines as { sign: '=', '-' or '+', text, before, after }; numbers from 1, null where there is none. */
export function compare(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const lines = [];
  for (let i = 0; i < head; i++) lines.push({ sign: '=', text: a[i], before: i + 1, after: i + 1 });
  lines.push(...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail), head));
  for (let i = tail; i > 0; i--) {
    lines.push({ sign: '=', text: a[a.length - i], before: a.length - i + 1, after: b.length - i + 1 });
  }
  return lines;
}

/** The longest common subsequence; where that would take too long, all of one and then of the other. */
function middle(a, b, from) {
  const gone = (i) => ({ sign: '-', text: a[i], before: from + i + 1, after: null });
  const come = (j) => ({ sign: '+', text: b[j], before: null, after: from + j + 1 });
  if (a.length * b.length > CELLS_MAX) return [...a.map((_, i) => gone(i)), ...b.map((_, j) => come(j))];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1
        : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: '=', text: a[i], before: from + i + 1, after: from + j + 1 });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common[(i + 1) * width + j] >= common[i * width + j + 1])) lines.push(gone(i++));
    else lines.push(come(j++));
  }
  return lines;
}

/** Only what changed, with a few lines around; null stands for lines left out. */
export function shorten(lines) {
  const near = new Set();
  lines.forEach((line, i) => {
    if (line.sign !== '=') for (let k = i - CONTEXT; k <= i + CONTEXT; k++) near.add(k);
  });
  const shown = [];
  lines.forEach((line, i) => {
    if (near.has(i)) shown.push(line);
    else if (shown.length > 0 && shown[shown.length - 1] !== null) shown.push(null);
  });
  if (shown.length > 0 && shown[shown.length - 1] === null) shown.pop();
  return shown;
}
