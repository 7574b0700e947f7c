/** Labels beside marks, in rows: the same as views/labels.py, for the widths that a browser measures. */

export const MARK = 9;
export const GAP = 4;
export const ROWS = 4;

/**
 * @param {[number, number, number][]} marks edges of each mark and the width of its label, in pixels, from left to right
 * @returns {{row: number, before: boolean, shown: boolean}[]}
 */
export function placeLabels(marks, width) {
  const ends = Array(ROWS).fill(-Infinity);
  return marks.map(([left, right, label]) => {
    for (const before of [false, true]) {
      const from = before ? left - GAP - label : left;
      const to = before ? right : right + GAP + label;
      const row = ends.findIndex((end) => end <= from);
      if (row < 0 || (before ? from < 0 : to > width)) continue;
      ends[row] = to;
      return { row, before, shown: true };
    }
    const row = ends.findIndex((end) => end <= left);
    if (row >= 0) ends[row] = right;
    return { row: row < 0 ? ROWS : row, before: false, shown: false };
  });
}
