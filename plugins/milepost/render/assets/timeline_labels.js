/** Labels beside marks, in rows: the same as views/labels.py, for the widths that a browser measures. */

export const MARK = 9;
export const GAP = 4;
export const ROWS = 6;

/**
 * @param {[number, number, number][]} marks edges of each mark and the width of its label, in pixels, from left to right
 * @returns {{row: number, before: boolean, shown: boolean}[]}
 */
export function placeLabels(marks, width) {
  const spans = Array.from({ length: ROWS }, () => []);
  const free = (from, to) => {
    const row = spans.findIndex((taken) => taken.every(([a, b]) => b <= from || to <= a));
    return row < 0 ? ROWS : row;
  };
  const isCramped = ([, right, label]) => right + GAP + label > width;
  const all = marks.map((_, i) => i);
  const order = [...all.filter((i) => isCramped(marks[i])).reverse(), ...all.filter((i) => !isCramped(marks[i]))];
  const placed = [];
  for (const i of order) {
    const [left, right, label] = marks[i];
    const tries = [[left, right + GAP + label], [left - GAP - label, right]].map((span, n) => [span, n > 0]);
    const found = tries.find(([[from, to], before]) => (before ? from >= 0 : to <= width) && free(from, to) < ROWS);
    const [span, before] = found ?? [[left, right], false];
    const row = free(...span);
    if (row < ROWS) spans[row].push(span);
    placed[i] = { row, before, shown: !!found };
  }
  return placed;
}
