/** The timeline's zoom, details and keys. The picture is complete without it: what is drawn is read from the page. */

import { MARK, placeLabels } from "./labels.js";
import { head, path, ROW, routes } from "./routes.js";

const PIXELS = { week: 22, month: 6, quarter: 2, year: 0.6, fit: 0 }; // the least width of a day
const CLOSE = 4; // pixels a day has where days off are told apart
const MOST_LINES = 300; // as in views/dependency_lines.py
const DIAMOND = 7;
const PAPER = 760; // pixels of the axis on a page that lies across
const DAY = 86400000;
const SHOW_AFTER = 120;
const FIELDS = ["start", "finish", "done", "due", "baseline", "p50", "p80", "margin", "free", "chance", "progress"];

const svg = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  return made;
};

const node = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });

class Timeline extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    this.words = JSON.parse(this.dataset.words);
    [this.region, this.chart] = [this.querySelector(".mp-tl-region"), this.querySelector(".mp-tl-chart")];
    [this.behind, this.body] = [this.querySelector(".mp-tl-behind"), this.querySelector(".mp-tl-body")];
    this.days = Number(this.chart.style.getPropertyValue("--n"));
    this.today = "today" in this.chart.dataset ? Number(this.chart.dataset.today) : null;
    this.first = Date.parse(this.chart.dataset.first);
    this.pixels = parseFloat(this.chart.style.getPropertyValue("--mp-tl-px"));
    this.rtl = getComputedStyle(this).direction === "rtl";
    this.language = document.documentElement.lang || undefined;
    this.buttons = this.querySelectorAll("[data-zoom]");
    this.read();
    this.filtered(); // by filters that may have come to life earlier
    this.listen();
    this.querySelector(".mp-tl-tools").hidden = false;
    this.querySelector("[data-to-today]").hidden = this.today === null;
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(this.region);
    this.resized();
    const zoom = new URLSearchParams(location.search).get("zoom");
    if (zoom in PIXELS) this.zoom(zoom);
    if (this.day && (zoom || !this.region.scrollLeft)) this.toToday(zoom in PIXELS && zoom !== "fit");
  }

  disconnectedCallback() {
    this.leaving.abort();
    this.sizes.disconnect();
    clearTimeout(this.timer);
    clearTimeout(this.later);
    this.panel?.remove();
    this.panel = null;
  }

  /** The rows, what waits for what, and the leaves they stand on. */
  read() {
    this.leaves = [...this.querySelectorAll(".mp-tl-leaf")].map((element) => {
      const lines = [...element.querySelectorAll(".mp-tl-lane, .mp-tl-rows > li")];
      const drawing = element.querySelector("svg");
      const column = element.querySelector(".mp-tl-tracks");
      const ticks = [...drawing.querySelectorAll(".mp-tl-ticks")];
      const group = svg("g", {});
      const { width } = drawing.viewBox.baseVal;
      drawing.replaceChildren(...ticks, group);
      return { element, lines, column, tracks: [...column.children], group, ticks, width };
    });
    const tracks = [...this.querySelectorAll(".mp-tl-track[data-mp-item]")];
    this.rows = [...this.querySelectorAll(".mp-tl-rows > li")].map((element, number) => {
      const [x0, x1] = element.dataset.x.split(" ").map(Number);
      const around = x0 === x1 ? DIAMOND : 0;
      const link = element.firstElementChild;
      link.removeAttribute("title"); // the panel says it
      return { element, parts: [element, tracks[number]], link, x0, x1, around, before: [], after: [] };
    });
    this.byPart = new Map(this.rows.flatMap((row) => row.parts.map((part) => [part, row])));
    this.wires = [];
    for (const row of this.rows) {
      for (const [, source, kind, critical] of (row.element.dataset.waits ?? "").matchAll(/(\d+)([FS]{2})?(!)?/g)) {
        const [fromEnd, toStart] = [kind?.[0] !== "S", kind?.[1] !== "F"];
        const wire = { source: this.rows[source], target: row, fromEnd, toStart, critical: !!critical };
        for (const list of [this.wires, row.before, wire.source.after]) list.push(wire);
      }
    }
    this.marks = [...this.querySelectorAll(".mp-tl-mark")].map((element) => {
      const [at, wide] = ["--s", "--w"].map((name) => Number(element.style.getPropertyValue(name)));
      element.classList.remove("mp-bare");
      element.style.setProperty("--em", 18);
      return { element, at, wide };
    });
    for (const mark of this.marks) mark.label = mark.element.lastElementChild.offsetWidth;
    for (const row of this.rows) row.link.tabIndex = -1;
    this.current = this.rows[0].link;
    this.current.tabIndex = 0;
  }

  listen() {
    const on = (target, type, act, options) => target.addEventListener(type, act, { signal: this.leaving.signal, ...options });
    for (const button of this.buttons) on(button, "click", () => this.zoom(button.dataset.zoom, true));
    on(this.querySelector("[data-to-today]"), "click", () => this.toToday(true));
    on(this.region, "click", (event) => this.byPart.get(event.target.closest(".mp-tl-track"))?.link.dispatchEvent(new MouseEvent("click", event)));
    on(this.region, "keydown", (event) => this.key(event));
    on(this.region, "wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      if (performance.now() - (this.turned ?? 0) > 150) this.step(event.deltaY < 0 ? 1 : -1);
      this.turned = performance.now();
    }, { passive: false });
    on(this.region, "scroll", () => this.frame(() => this.scrolled()), { passive: true });
    on(this.region, "pointerover", (event) => this.point(event));
    on(this.region, "pointerleave", (event) => this.leave(event));
    on(this.region, "focusin", (event) => this.focused(event.target));
    on(this.region, "focusout", (event) => this.region.contains(event.relatedTarget) || this.close());
    on(document, "keydown", (event) => event.key === "Escape" && this.close());
    on(this.closest(".mp"), "mp-filter", () => this.filtered());
    on(window, "beforeprint", () => this.print(true));
    on(window, "afterprint", () => this.print(false));
  }

  frame(act) {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      if (this.isConnected) act();
    });
  }

  /* Zoom and scroll. */

  zoom(name, chosen = false) {
    const held = this.held();
    this.near();
    this.chosen = name;
    this.pixels = PIXELS[name];
    this.widen(this.pixels);
    if (chosen) {
      const address = new URL(location.href);
      address.searchParams.set("zoom", name);
      history.replaceState(history.state, "", address);
    }
    this.close();
    if (this.wide <= 0) return; // a narrow place shows the list
    this.draw();
    this.ticks(Math.min(Math.max(held[0] * this.day - held[1], 0), this.day * this.days - this.wide));
    this.show(this.top);
    this.hold(held); // last, since it lays all out
  }

  /** Tracks that are out of sight are laid out a moment after a zoom: those in sight don't wait for them. */
  near() {
    if (!this.tops) return;
    const [from, to] = [0, innerHeight].map((y) => (this.region.scrollTop + y) * this.scale);
    this.top = this.region.scrollTop;
    this.leaves.forEach((leaf, i) => leaf.column.classList.toggle("mp-tl-later", this.tops[i] > to || this.tops[i + 1] < from));
    clearTimeout(this.later);
    this.later = setTimeout(() => this.all(), 200);
  }

  all() {
    clearTimeout(this.later);
    for (const { column } of this.leaves) column.classList.remove("mp-tl-later");
  }

  /** The least width of a day, set where no other element inherits it: a property would restyle all rows. */
  widen(pixels) {
    this.chart.style.minInlineSize = `calc(var(--mp-tl-label) + ${this.days * pixels}px)`;
  }

  /** What is measured once and stays until the size changes: reading it later would lay all out again. */
  resized() {
    this.names = this.chart.clientWidth - this.behind.clientWidth;
    this.wide = this.region.clientWidth - this.names;
    this.scale = ROW / (parseFloat(getComputedStyle(this.chart).fontSize) * 2.5);
    if (this.wide <= 0) return;
    this.draw();
    this.scrolled();
  }

  /** What stays in place: today where it is seen, else the day in the middle; and how far from the labels it stands. */
  held() {
    const { day, wide } = this;
    const from = Math.abs(this.region.scrollLeft);
    const at = this.today === null ? -1 : this.today * day - from;
    return at >= 0 && at <= wide ? [this.today, at] : [(from + wide / 2) / day, wide / 2];
  }

  hold([at, seen]) {
    const x = at * this.day - seen;
    this.region.scrollLeft = this.rtl ? -x : x;
  }

  /** To today, and to the first row that is not over by then. */
  toToday(down = false) {
    if (this.today === null) return;
    this.hold([this.today, this.wide / 2]);
    const next = this.rows.find((row) => row.box && row.x1 > this.today);
    if (down) this.region.scrollTop = next ? (next.box.y - ROW / 2) / this.scale : 0;
  }

  /** To the next zoom at which a day has another width. */
  step(by) {
    const { day, wide } = this;
    const found = Object.entries(PIXELS).map(([name, pixels]) => [name, Math.max(pixels, wide / this.days)]);
    found.sort((a, b) => (a[1] - b[1]) * by);
    const next = found.find(([, pixels]) => (by > 0 ? pixels > day * 1.02 : pixels < day / 1.02));
    if (next) this.zoom(next[0], true);
  }

  /** All that depends on the width of a day: ticks, labels of milestones, lines. */
  draw(width = Math.max(this.wide, this.days * this.pixels)) {
    const day = width / this.days;
    if (day <= 0 || (day === this.day && this.chosen === this.drawnAs)) return;
    [this.day, this.drawnAs] = [day, this.chosen];
    this.drawn = null;
    this.behind.classList.toggle("mp-tl-close", day >= CLOSE);
    const pressed = this.chosen ?? (width > this.wide ? "" : "fit");
    for (const button of this.buttons) button.ariaPressed = String(button.dataset.zoom === pressed);
    this.label(width);
    this.lines();
  }

  /** What depends on where the chart is scrolled to; that is read before anything is written. */
  scrolled(all = false) {
    const [left, top] = [Math.abs(this.region.scrollLeft), this.region.scrollTop];
    if (Math.abs(top - this.top) > 100) this.all(); // it moves a little where the lane above grows
    this.ticks(left);
    this.show(top, all);
    this.place();
  }

  /** Divisions and their names, for what is seen and as much again on both sides. */
  ticks(seen) {
    const wide = Math.max(this.wide, PAPER);
    if (this.drawn && this.drawn[0] <= Math.max(0, seen - wide / 2) && seen + wide * 1.5 <= this.drawn[1]) return;
    this.drawn = [seen - wide, seen + wide * 2];
    const [from, to] = this.drawn.map((x) => Math.min(Math.max(Math.floor(x / this.day), 0), this.days));
    const scale = this.divisions();
    const [major, minor] = [this.querySelector(".mp-tl-major"), this.querySelector(".mp-tl-minor")];
    const above = { week: "month", month: "year", quarter: "year" }[scale];
    const found = this.divide(scale, from, to);
    minor.replaceChildren(...found.map((tick) => this.tick(tick, "i")));
    major.hidden = !above;
    major.replaceChildren(...(above ? this.divide(above, from, to, scale === "week") : []).map((tick) => this.tick(tick, "b")));
    const lines = found.filter((tick) => tick.at > 0).map((tick) => this.tick(tick));
    this.querySelector(".mp-tl-grid").replaceChildren(...lines);
  }

  /** The scale of the divisions: the one asked for, or the finest whose names have room. */
  divisions() {
    const fitting = this.day >= 8 ? "week" : this.day >= 1.4 ? "month" : this.day >= 0.35 ? "quarter" : "year";
    if (!this.chosen || this.chosen === "fit") return this.chosen ? fitting : this.chart.dataset.scale;
    return this.chosen;
  }

  /** The divisions of a scale between two days of the axis, each cut where the axis ends. */
  divide(scale, from, to, long = false) {
    const months = { month: 1, quarter: 3, year: 12 }[scale];
    const every = scale === "year" ? Math.max(1, Math.ceil(30 / (this.day * 365))) : 1;
    const forms = { week: { day: "numeric", month: "short" }, month: long ? { month: "long", year: "numeric" } : { month: "short" }, year: { year: "numeric" } };
    const name = scale === "quarter" ? (date) => this.words.quarters[Math.floor(date.getUTCMonth() / 3)] : this.written(forms[scale]);
    const start = new Date(this.first + from * DAY);
    let date = months
      ? new Date(Date.UTC(start.getUTCFullYear(), Math.floor(start.getUTCMonth() / months) * months))
      : new Date(start - ((start.getUTCDay() + 6) % 7) * DAY);
    const found = [];
    while (true) {
      const next = new Date(date);
      if (months) next.setUTCMonth(date.getUTCMonth() + months * every);
      else next.setUTCDate(date.getUTCDate() + 7);
      const at = Math.max(0, (date - this.first) / DAY);
      const end = Math.min(this.days, (next - this.first) / DAY);
      if (at >= to) return found;
      found.push({ at, width: end - at, text: (end - at) * this.day < 22 ? "" : name(date) });
      date = next;
    }
  }

  tick({ at, width, text }, tag) {
    const made = document.createElement(tag ? "span" : "i");
    made.style.setProperty("--s", at);
    if (!tag) return made;
    made.style.setProperty("--w", width);
    made.append(node(tag, text));
    return made;
  }

  /** What writes a date in the language of the page. */
  written(form) {
    const { format } = new Intl.DateTimeFormat(this.language, { timeZone: "UTC", ...form });
    return (date) => format(date);
  }

  label(width) {
    const seen = this.marks.filter((mark) => !mark.element.hidden);
    const edges = seen.map(({ at, wide, label }) => [at * this.day - MARK, (at + wide) * this.day + MARK, label + 4]);
    const placed = placeLabels(edges, width);
    seen.forEach(({ element }, i) => {
      const { row, before, shown } = placed[i];
      element.style.insetBlockStart = `${row * 1.75 + 0.25}em`;
      element.classList.toggle("mp-before", before);
      element.classList.toggle("mp-bare", !shown);
    });
    const lane = this.querySelector(".mp-tl-milestones");
    if (lane) lane.style.blockSize = `${Math.max(1, ...placed.map(({ row }) => row + 1)) * 1.75 + 0.5}em`;
  }

  /* Lines. */

  /** Where each row stands, in a drawing in which a row has `ROW` pixels; hidden rows take no room. */
  stack() {
    let y = 0;
    this.tops = this.leaves.map((leaf) => {
      const top = y;
      for (const line of leaf.lines) {
        if (line.hidden) continue;
        const row = this.byPart.get(line);
        if (row) row.box = { y: y + ROW / 2 };
        y += ROW;
      }
      return top;
    });
    this.tops.push(y);
    this.seen = this.rows.filter((row) => row.box);
    this.seen.forEach((row, i) => (row.at = i));
    const wires = this.wires.filter(({ source, target }) => source.box && target.box);
    this.drawnWires = wires.length > MOST_LINES ? wires.filter((wire) => wire.critical).slice(0, MOST_LINES) : wires;
  }

  lines() {
    const day = this.day * this.scale;
    this.width = day * this.days;
    for (const { box, x0, x1, around } of this.seen) [box.left, box.right] = [x0 * day - around, x1 * day + around];
    this.routed = new Map(this.route(this.drawnWires));
    for (const leaf of this.leaves) Object.assign(leaf, { drawn: [], isStale: true });
    for (const [wire, corners] of this.routed) {
      const [above, below] = [corners, corners].map((line, i) => Math[i ? "max" : "min"](...line.map(([, at]) => at)));
      for (let i = 0; i < this.leaves.length && this.tops[i] < below; i++) {
        if (above < this.tops[i + 1]) this.leaves[i].drawn.push([wire, corners]);
      }
    }
  }

  /** The lines of the leaves that are near; of the others once they are. */
  show(seen, all) {
    const [from, to] = [seen - 500, seen + 1400].map((y) => y * this.scale);
    this.leaves.forEach((leaf, i) => {
      if (!leaf.isStale || !(all || (this.tops[i] < to && from < this.tops[i + 1]))) return;
      leaf.isStale = false;
      for (const line of all ? leaf.ticks : []) line.setAttribute("transform", `scale(${this.width / leaf.width} 1)`);
      this.fill(leaf.group, leaf.drawn, this.tops[i], this.tops[i + 1]);
    });
  }

  route(wires) {
    const found = routes(this.seen.map((row) => row.box), wires.map((wire) => ({ ...wire, source: wire.source.at, target: wire.target.at })));
    return wires.map((wire, i) => [wire, found[i]]);
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

  filtered() {
    for (const row of this.rows) row.box = null;
    for (const leaf of this.leaves) {
      let seen = 0;
      for (let i = leaf.lines.length - 1, below = 0; i >= 0; i--) {
        const line = leaf.lines[i];
        if (this.byPart.has(line)) below += !line.hidden;
        else {
          line.hidden = leaf.tracks[i].hidden = !below;
          below = 0;
        }
        seen += !line.hidden;
      }
      leaf.element.style.setProperty("--h", seen);
      leaf.element.hidden = !seen;
    }
    this.close();
    this.stack();
    if (!this.day) return;
    this.label(this.day * this.days);
    this.lines();
    this.scrolled();
  }

  /** On paper the whole axis is as wide as the page. */
  print(begins) {
    if (begins) this.kept = [this.chosen, this.held()];
    this.chosen = begins ? "fit" : this.kept[0];
    this.widen(begins ? 0 : this.pixels);
    this.all();
    this.close();
    this.draw(begins ? PAPER : undefined);
    if (!begins) this.hold(this.kept[1]);
    if (this.day > 0) this.scrolled(begins);
  }

  /* Details. */

  point(event) {
    const element = event.target.closest?.("li, .mp-tl-track, .mp-tl-mark");
    clearTimeout(this.timer);
    const row = this.rows.find((other) => other.element.dataset.mpItem === element?.dataset.mpItem);
    if (!row) return this.leave(event);
    this.timer = setTimeout(() => this.open(row, event.clientX), SHOW_AFTER);
  }

  leave(event) {
    clearTimeout(this.timer);
    if (this.panel?.contains(event.relatedTarget)) return;
    this.timer = setTimeout(() => this.close(), 200);
  }

  focused(target) {
    const row = this.byPart.get(target.closest("li"));
    if (!row) return;
    this.current.tabIndex = -1;
    this.current = target;
    target.tabIndex = 0;
    if (target.matches(":focus-visible")) this.open(row);
  }

  open(row, x) {
    if (!this.isConnected || !row.box) return;
    this.light(row);
    if (!this.panel) {
      this.panel = Object.assign(node("div", "", "mp-tl-panel"), { id: "mp-tl-panel", role: "tooltip", popover: "manual" });
      this.panel.addEventListener("pointerenter", () => clearTimeout(this.timer));
      this.panel.addEventListener("pointerleave", (event) => this.leave(event));
      this.append(this.panel);
    }
    this.panel.replaceChildren(...this.details(row));
    this.panel.showPopover();
    this.shown = [row, x];
    row.link.setAttribute("aria-describedby", "mp-tl-panel");
    this.place();
  }

  /** The panel stands below its row, or above it where there is no room. */
  place() {
    if (!this.shown) return;
    const [row, x] = this.shown;
    const [at, region, size] = [row.link, this.region, this.panel].map((element) => element.getBoundingClientRect());
    const start = this.rtl ? at.right - this.names - row.x1 * this.day : at.left + this.names + row.x0 * this.day;
    const left = Math.min(Math.max(x ?? start, region.left + (this.rtl ? 0 : this.names)), innerWidth - size.width - 12);
    const below = at.bottom + 6 + size.height < innerHeight;
    this.panel.style.left = `${Math.max(8, left)}px`;
    this.panel.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
    this.panel.hidden = at.bottom < region.top || at.top > region.bottom;
  }

  close() {
    clearTimeout(this.timer);
    if (!this.shown) return;
    this.shown[0].link.removeAttribute("aria-describedby");
    this.shown = null;
    this.panel.hidePopover();
    this.dark();
  }

  details(row) {
    const { words } = this;
    const { mpItem, t, why } = row.element.dataset;
    const facets = this.closest(".mp").querySelector(`[data-mp-item="${CSS.escape(mpItem)}"][data-status]`)?.dataset ?? {};
    const day = this.written({ dateStyle: "medium" });
    const number = new Intl.NumberFormat(this.language, { maximumFractionDigits: 1 }).format;
    const percent = new Intl.NumberFormat(this.language, { style: "percent" }).format;
    const kind = row.element.classList.contains("mp-tl-milestone") ? words.milestone : words.feature;
    const list = node("dl", "");
    const add = (name, text) => text && list.append(node("dt", words[name]), node("dd", text));
    t.split("|").forEach((value, i) => {
      const name = FIELDS[i];
      if (value === "") return;
      if (["due", "baseline"].includes(name)) add(name, value);
      else if (["margin", "free"].includes(name)) add(name, number(value));
      else if (["chance", "progress"].includes(name)) add(name, percent(value));
      else add(name, day(new Date(this.first + value * DAY)));
    });
    add("owner", facets.owner);
    const titles = (wires, end) => wires.map((wire) => this.title(wire[end])).join("\n");
    add("before", titles(row.before, "source"));
    add("after", titles(row.after, "target"));
    const made = [node("strong", this.title(row)), node("p", `${kind} · ${words.status[facets.status] ?? ""}`)];
    if (why) made.push(node("p", why, "mp-late"));
    return [...made, list];
  }

  title(row) {
    return row.link.firstElementChild.textContent;
  }

  /** The row, what it waits for and what waits for it stand out, those next to it more; their lines are drawn. */
  light(row) {
    this.dark();
    this.chart.classList.add("mp-lit");
    this.lit = [row];
    this.mark(row, "mp-self");
    const wires = new Map();
    for (const [side, end, name] of [["before", "source", "mp-earlier"], ["after", "target", "mp-later"]]) {
      const seen = new Set([row]);
      for (const from of seen) {
        for (const wire of from[side]) {
          const other = wire[end];
          if (!other.box) continue;
          wires.set(wire, from === row);
          if (seen.has(other)) continue;
          seen.add(other);
          this.lit.push(other);
          this.mark(other, name, from === row ? "mp-near" : "mp-far");
        }
      }
    }
    const missing = [...wires.keys()].filter((wire) => wires.get(wire) && !this.routed.has(wire));
    const found = new Map([...this.routed, ...this.route(missing)]);
    this.overlay ??= this.body
      .insertBefore(svg("svg", { class: "mp-tl-lines mp-tl-over", "aria-hidden": "true", preserveAspectRatio: "none" }), this.body.children[1])
      .appendChild(svg("g", {}));
    this.fill(this.overlay, [...wires].filter(([wire]) => found.has(wire)).map(([wire]) => [wire, found.get(wire)]), 0, this.tops.at(-1));
  }

  mark(row, ...names) {
    for (const part of row.parts) part.classList.add(...names);
  }

  dark() {
    this.chart.classList.remove("mp-lit");
    for (const part of (this.lit ?? []).flatMap((row) => row.parts)) {
      part.classList.remove("mp-self", "mp-near", "mp-far", "mp-earlier", "mp-later");
    }
    this.lit = null;
    this.overlay?.replaceChildren();
  }

  /* Keys. */

  key(event) {
    if (event.key === "+" || event.key === "-") return event.ctrlKey || event.metaKey || this.step(event.key === "+" ? 1 : -1);
    const row = this.byPart.get(event.target.closest("li"));
    if (!row || event.ctrlKey || event.metaKey) return;
    const { seen } = this;
    const at = seen.indexOf(row);
    const back = () => this.follow(row, "before", "source");
    const on = () => this.follow(row, "after", "target");
    const to = {
      ArrowDown: () => seen[at + 1],
      ArrowUp: () => seen[at - 1],
      Home: () => seen[0],
      End: () => seen.at(-1),
      "[": back,
      "]": on,
      ArrowLeft: this.rtl ? on : back,
      ArrowRight: this.rtl ? back : on,
    }[event.key];
    if (!to || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const next = to();
    if (next) this.go(next);
  }

  /** The next of what a row waits for, or of what waits for it: each time it is asked another one. */
  follow(row, side, end) {
    const found = row[side].map((wire) => wire[end]).filter((other) => other.box);
    row.followed ??= {};
    const turn = row.followed[side] ?? 0;
    row.followed[side] = turn + 1;
    return found[turn % found.length];
  }

  /** To a row, so that its label and its bar are seen. */
  go(row) {
    row.link.focus({ preventScroll: true });
    this.region.style.scrollPaddingBlockStart = `${this.chart.firstElementChild.offsetHeight}px`;
    row.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { wide } = this;
    const from = Math.abs(this.region.scrollLeft);
    const [left, right] = [row.x0 * this.day - from, row.x1 * this.day - from];
    if (right < 0 || left > wide - 20) this.hold([row.x0, wide / 4]);
    this.place();
  }
}

customElements.define("mp-timeline", Timeline);
