/** Routes of lines between bars: the same as views/routes.py, for the width that a browser gives the chart. */

export const ROW = 32;
const LEAVE = 6;
const ENTER = 11;
const STEP = 5;
const TRIES = 8;
const TRACKS = [0, 4, -4];
const [BAR, SHARED, TAKEN, FAR, AWAY] = [8, -2, 30, 1.5, 0.4];
const UP_TO = Array.from({ length: TRIES }, (_, k) => k);

/**
 * @param {{left: number, right: number, y: number}[]} boxes what is drawn in each row
 * @param {{source: number, target: number, fromEnd: boolean, toStart: boolean, critical: boolean}[]} wires
 * @returns {[number, number][][]} the corners of each wire
 */
export function routes(boxes, wires) {
  const at = new Map(boxes.map((box) => [Math.floor(box.y / ROW), box]));
  const taken = new Map();
  const edges = new Map();
  const rows = wires.map(({ source, target }) => Math.abs(boxes[source].y - boxes[target].y));
  const order = wires.map((_, i) => i);
  order.sort((a, b) => wires[b].critical - wires[a].critical || rows[a] - rows[b] || a - b);
  const found = [];
  for (const i of order) found[i] = lead(wires[i]);
  return found;

  function lead(wire) {
    const [source, target] = [boxes[wire.source], boxes[wire.target]];
    const [out, back] = [wire.fromEnd ? 1 : -1, wire.toStart ? -1 : 1];
    const start = [wire.fromEnd ? source.right : source.left, source.y];
    const end = [wire.toStart ? target.left : target.right, target.y];
    const [near, far] = [start[0] + out * LEAVE, end[0] + back * ENTER];
    const net = wire.source * 2 + wire.fromEnd;
    let columns;
    if (out === back) {
      const outer = Math.max(near * out, far * out) * out;
      const [x] = column(UP_TO.map((k) => [outer + out * k * STEP, k * AWAY]), start[1], end[1], net);
      columns = [[x, start[1]], [x, end[1]]];
    } else if ((far - near) * out >= 0) {
      const fit = UP_TO.filter((k) => k * STEP <= Math.abs(far - near));
      const tries = fit.map((k) => [near + out * k * STEP, k * AWAY]);
      tries.push(...fit.map((k) => [far - out * k * STEP, FAR + k * AWAY]));
      const [x] = column(tries, start[1], end[1], net);
      columns = [[x, start[1]], [x, end[1]]];
    } else columns = around(start[1], end[1], near, far, out, net);
    for (let i = 1; i < columns.length; i++) {
      const [[x, a], [x2, b]] = [columns[i - 1], columns[i]];
      if (x === x2) at_key(taken, Math.floor(x / STEP)).push([x, Math.min(a, b), Math.max(a, b), net]);
    }
    return [start, ...columns, end];
  }

  function around(y1, y2, near, far, out, net) {
    const down = y2 > y1 ? 1 : -1;
    let best;
    for (const edge of [y2 - (down * ROW) / 2, y1 + (down * ROW) / 2]) {
      const [first, cost] = column(UP_TO.map((k) => [near + out * k * STEP, k * AWAY]), y1, edge, net);
      const [last, more] = column(UP_TO.map((k) => [far - out * k * STEP, k * AWAY]), edge, y2, net);
      if (!best || cost + more < best.cost) best = { cost: cost + more, first, last, edge };
    }
    const { first, last } = best;
    const [left, right] = [Math.min(first, last), Math.max(first, last)];
    const isFree = (y) => !(edges.get(y) ?? []).some(([a, b, other]) => a < right && left < b && other !== net);
    const edge = best.edge + (TRACKS.find((track) => isFree(best.edge + track)) ?? 0);
    at_key(edges, edge).push([left, right, net]);
    return [[first, y1], [first, edge], [last, edge], [last, y2]];
  }

  function column(tries, y1, y2, net) {
    const [above, below] = [Math.min(y1, y2), Math.max(y1, y2)];
    const crossed = [];
    const [first, last] = [Math.min, Math.max].map((most) => most(...tries.map(([x]) => x)));
    for (let i = Math.ceil(above / ROW); i < Math.ceil(below / ROW - 0.5); i++) {
      const box = at.get(i);
      if (box && box.left - 3 <= last && first <= box.right + 3) crossed.push(box);
    }
    let best;
    for (const [x, away] of tries) {
      const cost = away + price(x, above, below, crossed, net);
      if (!best || cost < best[1]) best = [x, cost];
    }
    return best;
  }

  function price(x, above, below, crossed, net) {
    let cost = 0;
    for (const box of crossed) if (box.left - 3 <= x && x <= box.right + 3) cost += BAR;
    let shared = false;
    for (const near of [-1, 0, 1]) {
      for (const [other, a, b, owner] of taken.get(Math.floor(x / STEP) + near) ?? []) {
        if (Math.abs(other - x) >= STEP - 0.5 || a >= below || above >= b) continue;
        if (owner === net && other === x) shared = true;
        else cost += TAKEN;
      }
    }
    return cost + (shared ? SHARED : 0);
  }
}

function at_key(map, key) {
  if (!map.has(key)) map.set(key, []);
  return map.get(key);
}

const RADIUS = 5;
const straight = (dx, dy, less) => (dx ? `h${dx - Math.sign(dx) * less}` : `v${dy - Math.sign(dy) * less}`);

/** A line as an SVG path with round corners, as render/paths.py writes it. */
export function path(corners) {
  const line = corners.map((at) => at.map(Math.round));
  const pieces = line.slice(1).map(([x, y], i) => [x - line[i][0], y - line[i][1]]).filter(([dx, dy]) => dx || dy);
  let said = `M${line[0].join(" ")}`;
  let before = 0;
  pieces.forEach(([dx, dy], i) => {
    const next = pieces[i + 1];
    const radius = next ? Math.min(RADIUS, Math.abs(dx + dy) >> 1, Math.abs(next[0] + next[1]) >> 1) : 0;
    said += straight(dx, dy, before + radius);
    before = radius;
    if (!next) return;
    const [x, y, x2, y2] = [dx, dy, ...next].map((by) => Math.sign(by) * radius);
    said += `q${x} ${y} ${x + x2} ${y + y2}`.replaceAll(" -", "-");
  });
  return said;
}

/** Its arrowhead. */
export const head = (line) => `M${line.at(-1).map(Math.round).join(" ")}l${line.at(-1)[0] > line.at(-2)[0] ? -6 : 6}-3.5v7z`;
