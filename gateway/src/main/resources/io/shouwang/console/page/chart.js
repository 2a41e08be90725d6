// Small charts made of SVG nodes: a line with its limits, a band of states, a scale of time. No library.
const NS = 'http://www.w3.org/2000/svg';
const LEFT = 8;
const RIGHT = 8;
const TICKS = 3;
const LABEL_APART = 10;

/** An SVG node. */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.flat().filter((child) => child !== null)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child)))));
  return made;
}

/** Where a time lies across. */
const across = (span, width) => (at) => LEFT + ((at - span.from) / (span.to - span.from)) * (width - LEFT - RIGHT);

/**
 * Lines of values over time. What is missing for longer than gapMs is a gap; a single point is a dot.
 *
 * lines: [{ name, points: [{ at, value }] }], limits: values drawn as lines across, time: how a scale says a time
 */
export function lineChart({ span, lines, limits, gapMs, time, label, width = 230, height = 66 }) {
  const foot = 15;
  const top = 6;
  const values = [...lines.flatMap((line) => line.points.map((point) => point.value)), ...limits];
  const { least, most } = bounds(values);
  const x = across(span, width);
  const y = (value) => top + (1 - (value - least) / (most - least)) * (height - foot - top);
  const drawn = lines.flatMap((line, i) => pieces(line.points, gapMs).map((piece) => (piece.length === 1
    ? svg('circle', { class: `dot line-${i}`, cx: x(piece[0].at), cy: y(piece[0].value), r: 2.5 })
    : svg('polyline', { class: `line line-${i}`,
      points: piece.map((point) => `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`).join(' ') }))));
  const ends = lines.map((line, i) => {
    const last = line.points.at(-1);
    return last ? svg('circle', { class: `end line-${i}`, cx: x(last.at), cy: y(last.value), r: 3.5 }) : null;
  });
  return svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    unknown(span, x, top, height - foot - top),
    limits.map((limit, i) => svg('g', { class: 'limit' }, svg('line', { x1: LEFT, x2: width - RIGHT, y1: y(limit), y2: y(limit) }),
      limits.slice(0, i).some((other) => Math.abs(y(other) - y(limit)) < LABEL_APART) ? null // two would be read as neither
        : svg('text', { x: width - RIGHT, y: Math.max(8, y(limit) - 2), 'text-anchor': 'end' }, limit))),
    scale(span, x, height - foot, time), drawn, ends);
}

/** States that hold until the next is said: full where it is on. */
export function bandChart({ span, points, holdMs, time, label, width = 230 }) {
  const x = across(span, width);
  const bands = points.map((point, i) => {
    const until = Math.min(points[i + 1]?.at ?? span.to, point.at + holdMs, span.to);
    return svg('rect', { class: point.on ? 'band on' : 'band off', x: x(point.at).toFixed(1), y: point.on ? 3 : 12,
      width: Math.max(1.5, x(until) - x(point.at)).toFixed(1), height: point.on ? 12 : 3 });
  });
  return svg('svg', { class: 'chart', viewBox: `0 0 ${width} 32`, role: 'img', 'aria-label': label },
    unknown(span, x, 3, 12), scale(span, x, 17, time), bands);
}

/** The time before anything is known, hatched. */
function unknown(span, x, y, height) {
  if (!(span.knownFrom > span.from)) return null;
  return svg('rect', { class: 'unknown', x: LEFT, y, width: x(Math.min(span.knownFrom, span.to)) - LEFT, height });
}

function scale(span, x, y, time) {
  const marks = Array.from({ length: TICKS }, (_, i) => span.from + ((span.to - span.from) * i) / (TICKS - 1));
  return svg('g', { class: 'scale', 'aria-hidden': 'true' }, svg('line', { x1: x(span.from), x2: x(span.to), y1: y, y2: y }),
    marks.map((at, i) => svg('text', { x: x(at), y: y + 12, 'text-anchor': ['start', 'middle', 'end'][i] }, time(at))));
}

function bounds(values) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const room = Math.max((most - least) * 0.08, Math.abs(most) * 0.01, 0.5);
  return { least: least - room, most: most + room };
}

function pieces(points, gapMs) {
  const all = [];
  for (const point of points) {
    const last = all.at(-1);
    if (last && point.at - last.at(-1).at <= gapMs) last.push(point);
    else all.push([point]);
  }
  return all;
}
