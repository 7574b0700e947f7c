/** Lines between rows of the timeline: all of a leaf, and those of a row that is pointed at. */

import { head, path, ROW, routes } from "./timeline_routes.js";

const MOST_LINES = 300; // as in views/dependency_lines.py
const SIDES = [["before", "source", "mp-earlier"], ["after", "target", "mp-later"]];

const svg = (name, attributes = {}) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  return made;
};

export class Lines {
  constructor(chart, { rows, leaves, wires, byPart }) {
    Object.assign(this, { chart, rows, leaves, wires, byPart, lit: [] });
    for (const leaf of leaves) {
      leaf.ticks = [...leaf.drawing.querySelectorAll(".mp-tl-ticks")];
      leaf.width = leaf.drawing.viewBox.baseVal.width;
      leaf.group = svg("g");
      leaf.drawing.replaceChildren(...leaf.ticks, leaf.group);
    }
  }

  /** Where each row stands, in a drawing in which a row has `ROW` pixels; hidden rows take no room. */
  stack() {
    let y = 0;
    for (const row of this.rows) row.box = null;
    this.tops = this.leaves.map((leaf) => {
      const top = y;
      for (const line of leaf.lines) {
        if (line.hidden) continue;
        const row = this.byPart.get(line);
        if (row) row.box = { y: y + ROW / 2, top: y };
        y += ROW;
      }
      return top;
    });
    this.tops.push(y);
    this.seen = this.rows.filter((row) => row.box);
    this.seen.forEach((row, i) => (row.at = i));
    const wires = this.wires.filter(({ source, target }) => source.box && target.box);
    this.drawn = wires.length > MOST_LINES ? wires.filter((wire) => wire.critical).slice(0, MOST_LINES) : wires;
  }

  /** How many units of the drawing a pixel is, the height of a row being in the style sheet. */
  measure() {
    this.scale = ROW / (parseFloat(getComputedStyle(this.chart).fontSize) * 2.5);
  }

  /** @param {number} pixels how wide a day is */
  lay(pixels, days) {
    const day = pixels * this.scale;
    this.width = day * days;
    for (const { box, x0, x1, around } of this.seen) [box.left, box.right] = [x0 * day - around, x1 * day + around];
    this.routed = new Map(this.route(this.drawn));
    for (const leaf of this.leaves) Object.assign(leaf, { drawn: [], isStale: true });
    for (const [wire, corners] of this.routed) {
      const [above, below] = ["min", "max"].map((most) => Math[most](...corners.map(([, at]) => at)));
      for (let i = 0; i < this.leaves.length && this.tops[i] < below; i++) {
        if (above < this.tops[i + 1]) this.leaves[i].drawn.push([wire, corners]);
      }
    }
  }

  route(wires) {
    const found = routes(this.seen.map((row) => row.box), wires.map((wire) => ({ ...wire, source: wire.source.at, target: wire.target.at })));
    return wires.map((wire, i) => [wire, found[i]]);
  }

  /** The lines of the leaves near what is scrolled to; of the others once they are. On paper all, with divisions. */
  show(scrolled, isPaper) {
    const [from, to] = [scrolled - 500, scrolled + 1400].map((y) => y * this.scale);
    this.leaves.forEach((leaf, i) => {
      if (!leaf.isStale || !(isPaper || (this.tops[i] < to && from < this.tops[i + 1]))) return;
      leaf.isStale = false;
      for (const line of isPaper ? leaf.ticks : []) line.setAttribute("transform", `scale(${this.width / leaf.width} 1)`);
      this.fill(leaf.group, leaf.drawn, this.tops[i], this.tops[i + 1]);
    });
  }

  fill(group, lines, top, bottom) {
    group.parentElement.setAttribute("viewBox", `0 0 ${Math.round(this.width)} ${Math.max(1, bottom - top)}`);
    const made = [];
    for (const critical of [false, true]) {
      const kept = lines.filter(([wire]) => wire.critical === critical).map(([, line]) => line.map(([x, y]) => [x, y - top]));
      if (!kept.length) continue;
      const name = critical ? "mp-crit" : "";
      made.push(svg("path", { class: name, d: kept.map(path).join("") }), svg("path", { class: `mp-head ${name}`, d: kept.map(head).join("") }));
    }
    group.replaceChildren(...made);
  }

  /** The row, what it waits for and what waits for it stand out, those next to it more; their lines are drawn. */
  light(row) {
    this.dark();
    this.chart.classList.add("mp-lit");
    this.mark(row, "mp-self");
    const wires = new Map();
    for (const [side, end, name] of SIDES) {
      const seen = new Set([row]);
      for (const from of seen) {
        for (const wire of from[side]) {
          const other = wire[end];
          if (!other.box) continue;
          wires.set(wire, from === row);
          if (seen.has(other)) continue;
          seen.add(other);
          this.mark(other, name, from === row ? "mp-near" : "mp-far");
        }
      }
    }
    const missing = [...wires.keys()].filter((wire) => wires.get(wire) && !this.routed.has(wire));
    const found = new Map([...this.routed, ...this.route(missing)]);
    this.overlay ??= this.over();
    this.fill(this.overlay, [...wires.keys()].filter((wire) => found.has(wire)).map((wire) => [wire, found.get(wire)]), 0, this.tops.at(-1));
  }

  over() {
    const made = svg("svg", { class: "mp-tl-lines mp-tl-over", "aria-hidden": "true", preserveAspectRatio: "none" });
    this.chart.querySelector(".mp-tl-behind").after(made);
    return made.appendChild(svg("g"));
  }

  mark(row, ...names) {
    this.lit.push(row);
    for (const part of row.parts) part.classList.add(...names);
  }

  dark() {
    this.chart.classList.remove("mp-lit");
    for (const part of this.lit.flatMap((row) => row.parts)) part.classList.remove("mp-self", "mp-near", "mp-far", "mp-earlier", "mp-later");
    this.lit = [];
    this.overlay?.replaceChildren();
  }
}
