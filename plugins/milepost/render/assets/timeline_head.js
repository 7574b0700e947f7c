/** What stands above the rows: divisions of the axis with their names, and the milestones with theirs. */

import { MARK, placeLabels } from "./timeline_labels.js";

const DAY = 86400000;
const MONTHS = { month: 1, quarter: 3, year: 12 };
const ABOVE = { week: "month", month: "year", quarter: "year" };

/** What writes a date in the language of the page. */
const writer = (form) => new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeZone: "UTC", ...form }).format;

const FORMS = {
  week: { day: "numeric", month: "short" },
  month: { month: "short" },
  long: { month: "long", year: "numeric" },
  year: { year: "numeric" },
};

export class Head {
  constructor(root, { dataset }, days, quarters, marks) {
    [this.major, this.minor, this.grid, this.lane] = ["major", "minor", "grid", "milestones"].map((name) => root.querySelector(`.mp-tl-${name}`));
    Object.assign(this, { first: Date.parse(dataset.first), scale: dataset.scale, days, quarters, marks, formats: {} });
  }

  /** Divisions between two days of the axis, where a day has so many pixels. */
  ticks(from, to, day, chosen) {
    const scale = this.divisions(day, chosen);
    const above = ABOVE[scale];
    const found = this.divide(scale, from, to, day);
    this.minor.replaceChildren(...found.map((tick) => made(tick, "i")));
    this.major.hidden = !above;
    this.major.replaceChildren(...(above ? this.divide(above, from, to, day, scale === "week") : []).map((tick) => made(tick, "b")));
    this.grid.replaceChildren(...found.filter((tick) => tick.at > 0).map((tick) => made(tick)));
  }

  /** The scale of the divisions: the one asked for, or the finest whose names have room. */
  divisions(day, chosen) {
    if (chosen !== "fit") return chosen ?? this.scale;
    return day >= 8 ? "week" : day >= 1.4 ? "month" : day >= 0.35 ? "quarter" : "year";
  }

  /** The divisions of a scale, each cut where the axis ends. */
  divide(scale, from, to, day, long) {
    const months = MONTHS[scale];
    const every = scale === "year" ? Math.max(1, Math.ceil(30 / (day * 365))) : 1;
    const date = new Date(this.first + from * DAY);
    if (months) date.setUTCMonth(Math.floor(date.getUTCMonth() / months) * months, 1);
    else date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
    const name = this.name(scale, long);
    const found = [];
    while (true) {
      const [begins, at] = [new Date(date), (date - this.first) / DAY];
      if (at >= to) return found;
      if (months) date.setUTCMonth(date.getUTCMonth() + months * every);
      else date.setUTCDate(date.getUTCDate() + 7);
      const [start, end] = [Math.max(0, at), Math.min(this.days, (date - this.first) / DAY)];
      found.push({ at: start, width: end - start, text: (end - start) * day < 22 ? "" : name(begins) });
    }
  }

  /** What names a division. A format is made once: that takes longer than all the divisions. */
  name(scale, long) {
    if (scale === "quarter") return (date) => this.quarters[Math.floor(date.getUTCMonth() / 3)];
    return (this.formats[long ? "long" : scale] ??= writer(FORMS[long ? "long" : scale]));
  }

  /** A label beside each milestone that filters leave, in the row where it covers no other. */
  label(day) {
    const seen = this.marks.filter((mark) => !mark.element.hidden);
    const edges = seen.map(({ at, wide, label }) => [at * day - MARK, (at + wide) * day + MARK, label + 4]);
    const placed = placeLabels(edges, day * this.days);
    seen.forEach(({ element }, i) => {
      const { row, before, shown } = placed[i];
      element.style.insetBlockStart = `${row * 1.75 + 0.25}em`;
      element.classList.toggle("mp-before", before);
      element.classList.toggle("mp-bare", !shown);
    });
    if (this.lane) this.lane.style.blockSize = `${Math.max(1, ...placed.map(({ row }) => row + 1)) * 1.75 + 0.5}em`;
  }
}

/** A division: with a name where it has a tag for it, else the line it begins with. */
function made({ at, width, text }, tag) {
  const found = document.createElement(tag ? "span" : "i");
  found.style.setProperty("--s", at);
  if (!tag) return found;
  found.style.setProperty("--w", width);
  found.append(Object.assign(document.createElement(tag), { textContent: text }));
  return found;
}
