/** The timeline's zoom, details and keys. The picture is complete without it: what is drawn is read from the page. */

import { Head } from "./timeline_head.js";
import { focus, press, turn } from "./timeline_keys.js";
import { Lines } from "./timeline_lines.js";
import { Panel } from "./timeline_panel.js";
import { closeGaps, leavesOf, read } from "./timeline_rows.js";

const PIXELS = { week: 22, month: 6, quarter: 2, year: 0.6, fit: 0 }; // the least width of a day
const CLOSE = 4; // pixels a day has where days off are told apart
const PAUSE = 200; // milliseconds after which a zoom is the last of a row
const PAPER = 760; // pixels of the axis on a page that lies across

class Timeline extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    this.region = this.querySelector(".mp-tl-region");
    this.closest(".mp").addEventListener("mp-filter", () => this.filtered(), { signal: this.leaving.signal });
    if (this.querySelector(".mp-tl-rows > [hidden]")) this.filtered(); // by filters that came to life earlier
    this.sizes = new ResizeObserver(() => (this.chart ? this.resized() : this.start()));
    this.sizes.observe(this.region);
  }

  /** Once the chart has a place: on a phone it has none, and the list needs no script. */
  start() {
    if (!this.region.clientWidth) return;
    this.words = JSON.parse(this.dataset.words);
    [this.chart, this.behind] = ["chart", "behind"].map((name) => this.querySelector(`.mp-tl-${name}`));
    [this.days, this.pixels] = ["--n", "--mp-tl-px"].map((name) => parseFloat(this.chart.style.getPropertyValue(name)));
    this.today = "today" in this.chart.dataset ? Number(this.chart.dataset.today) : null;
    this.rtl = getComputedStyle(this).direction === "rtl";
    this.buttons = this.querySelectorAll("[data-zoom]");
    Object.assign(this, read(this));
    this.head = new Head(this, this.chart, this.days, this.words.quarters, this.marks);
    this.lines = new Lines(this.chart, this);
    this.panel = new Panel(this);
    this.current = this.rows[0].link;
    this.current.tabIndex = 0;
    this.filtered();
    this.listen();
    this.querySelector(".mp-tl-tools").hidden = false;
    this.querySelector("[data-to-today]").hidden = this.today === null;
    this.resized();
    const zoom = new URLSearchParams(location.search).get("zoom");
    if (zoom in PIXELS) this.zoom(zoom);
    if (this.day && (zoom || !this.region.scrollLeft)) {
      this.region.scrollTop ||= this.querySelector(".mp-tl-opens")?.offsetTop ?? 0; // where a browser has not gone there itself
      this.toToday(zoom in PIXELS && zoom !== "fit");
    }
  }

  disconnectedCallback() {
    this.leaving.abort();
    this.sizes.disconnect();
    for (const timer of [this.later, this.keeping, this.panel?.timer]) clearTimeout(timer);
    this.panel?.element?.remove();
    this.chart = null; // put in again, it starts again
  }

  listen() {
    const { region, panel } = this;
    const on = (target, type, act, options) => target.addEventListener(type, act, { signal: this.leaving.signal, ...options });
    for (const button of this.buttons) on(button, "click", () => this.zoom(button.dataset.zoom, true));
    on(this.querySelector("[data-to-today]"), "click", () => this.toToday(true));
    on(region, "click", (event) => this.byPart.get(event.target.closest(".mp-tl-track"))?.link.dispatchEvent(new MouseEvent("click", event)));
    on(region, "keydown", (event) => press(this, event));
    on(region, "wheel", (event) => turn(this, event), { passive: false });
    on(region, "scroll", () => this.frame(() => this.scrolled()), { passive: true });
    on(region, "pointerover", (event) => panel.point(event));
    on(region, "pointerleave", (event) => panel.leave(event));
    on(region, "focusin", (event) => focus(this, event.target));
    on(region, "focusout", (event) => region.contains(event.relatedTarget) || panel.close());
    on(document, "keydown", (event) => event.key === "Escape" && panel.close());
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

  zoom(name, chosen = false) {
    const held = this.held();
    this.near();
    this.chosen = name;
    this.pixels = PIXELS[name];
    this.widen(this.pixels);
    if (chosen) this.keep(name);
    this.panel.close();
    if (this.wide <= 0) return; // a narrow place shows the list
    this.draw();
    this.ticks(Math.min(Math.max(held[0] * this.day - held[1], 0), this.day * this.days - this.wide));
    this.lines.show(this.top);
    this.hold(held); // last, since it lays all out
  }

  /** In the address once zooming pauses: a browser takes as long to write it as for a sixth of a frame, and not too often in a row. */
  keep(name) {
    const { pathname } = location;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      const address = new URL(location.href);
      if (address.pathname !== pathname) return; // already on the way to another page
      address.searchParams.set("zoom", name);
      history.replaceState(history.state, "", address);
    }, PAUSE);
  }

  /** To the next zoom at which a day has another width. */
  step(by) {
    const { day, wide } = this;
    const found = Object.entries(PIXELS).map(([name, pixels]) => [name, Math.max(pixels, wide / this.days)]);
    found.sort((a, b) => (a[1] - b[1]) * by);
    const next = found.find(([, pixels]) => (by > 0 ? pixels > day * 1.02 : pixels < day / 1.02));
    if (next) this.zoom(next[0], true);
  }

  /** Tracks that are out of sight are laid out a moment after a zoom: those in sight don't wait for them. */
  near() {
    const { tops } = this.lines;
    this.top = this.region.scrollTop;
    const [from, to] = [0, innerHeight].map((y) => (this.top + y) * this.lines.scale);
    this.leaves.forEach((leaf, i) => leaf.column.classList.toggle("mp-tl-later", tops[i] > to || tops[i + 1] < from));
    clearTimeout(this.later);
    this.later = setTimeout(() => this.all(), PAUSE);
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
    this.lines.measure();
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
    if (down) this.region.scrollTop = next ? next.box.top / this.lines.scale : 0;
  }

  /** All that depends on the width of a day: ticks, labels of milestones, lines. */
  draw(width = Math.max(this.wide, this.days * this.pixels)) {
    const day = width / this.days;
    if (day <= 0 || (day === this.day && this.chosen === this.drawnAs)) return;
    [this.day, this.drawnAs] = [day, this.chosen];
    this.behind.classList.toggle("mp-tl-close", day >= CLOSE);
    const pressed = this.chosen ?? (width > this.wide ? "" : "fit");
    for (const button of this.buttons) button.ariaPressed = String(button.dataset.zoom === pressed);
    this.drawn = null;
    this.lay();
  }

  lay() {
    this.head.label(this.day);
    this.lines.lay(this.day, this.days);
  }

  /** What depends on where the chart is scrolled to; that is read before anything is written. */
  scrolled(isPaper) {
    const [left, top] = [Math.abs(this.region.scrollLeft), this.region.scrollTop];
    if (top !== this.top) this.all();
    this.ticks(left);
    this.lines.show(top, isPaper);
    this.panel.place();
  }

  /** Divisions for what is seen and as much again on both sides. */
  ticks(seen) {
    const wide = Math.max(this.wide, PAPER);
    if (this.drawn && this.drawn[0] <= Math.max(0, seen - wide / 2) && seen + wide * 1.5 <= this.drawn[1]) return;
    this.drawn = [seen - wide, seen + wide * 2];
    const [from, to] = this.drawn.map((x) => Math.min(Math.max(Math.floor(x / this.day), 0), this.days));
    this.head.ticks(from, to, this.day, this.chosen);
  }

  filtered() {
    if (!this.chart) return this.bare();
    closeGaps(this.leaves);
    this.panel.close();
    this.lines.stack();
    if (!this.day) return;
    this.lay();
    this.scrolled();
  }

  /** Not seen yet, as on a phone, it may still be printed: with the rows that are left, and without lines between others. */
  bare() {
    closeGaps(leavesOf(this));
    for (const line of this.querySelectorAll(".mp-tl-leaf path:not(.mp-tl-ticks)")) line.remove();
  }

  /** On paper the whole axis is as wide as the page. */
  print(begins) {
    if (begins) this.kept = [this.chosen, this.held()];
    this.chosen = begins ? "fit" : this.kept[0];
    this.widen(begins ? 0 : this.pixels);
    this.all();
    this.panel.close();
    this.draw(begins ? PAPER : undefined);
    if (!begins) this.hold(this.kept[1]);
    if (this.day > 0) this.scrolled(begins);
  }
}

customElements.define("mp-timeline", Timeline);
