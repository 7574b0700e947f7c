/** The panel with the details of a row, for a pointer or the keyboard. */

import { DAY, writer } from "./timeline_head.js";

const SHOW_AFTER = 120;
const HIDE_AFTER = 200;
const FIELDS = ["start", "finish", "done", "due", "baseline", "p50", "p80", "margin", "free", "chance", "progress"];

const node = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });
const title = (row) => row.link.firstElementChild.textContent;

export class Panel {
  /** @param view the timeline, whose rows and sizes it looks at */
  constructor(view) {
    this.view = view;
  }

  point(event) {
    const element = event.target.closest?.("li, .mp-tl-track, .mp-tl-mark");
    clearTimeout(this.timer);
    const row = this.view.rows.find((other) => other.element.dataset.mpItem === element?.dataset.mpItem);
    if (!row) return this.leave(event);
    this.timer = setTimeout(() => this.open(row, event.clientX), SHOW_AFTER);
  }

  leave(event) {
    clearTimeout(this.timer);
    if (this.element?.contains(event.relatedTarget)) return;
    this.timer = setTimeout(() => this.close(), HIDE_AFTER);
  }

  open(row, x) {
    const { view } = this;
    if (!view.isConnected || !row.box) return;
    view.lines.light(row);
    this.element ??= this.made();
    this.element.replaceChildren(...this.details(row));
    this.element.showPopover();
    this.shown = [row, x];
    row.link.setAttribute("aria-describedby", "mp-tl-panel");
    this.place();
  }

  made() {
    const found = Object.assign(node("div", "", "mp-tl-panel"), { id: "mp-tl-panel", role: "tooltip", popover: "manual" });
    found.addEventListener("pointerenter", () => clearTimeout(this.timer));
    found.addEventListener("pointerleave", (event) => this.leave(event));
    this.view.append(found);
    return found;
  }

  /** It stands below its row, or above it where there is no room. */
  place() {
    if (!this.shown) return;
    const { view, element } = this;
    const { day, names, rtl } = view;
    const [row, x] = this.shown;
    const [at, region, size] = [row.link, view.region, element].map((found) => found.getBoundingClientRect());
    const start = rtl ? at.right - names - row.x1 * day : at.left + names + row.x0 * day;
    const left = Math.min(Math.max(x ?? start, region.left + (rtl ? 0 : names)), innerWidth - size.width - 12);
    const below = at.bottom + 6 + size.height < innerHeight;
    element.style.left = `${Math.max(8, left)}px`;
    element.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
    element.hidden = at.bottom < region.top || at.top > region.bottom;
  }

  close() {
    clearTimeout(this.timer);
    if (!this.shown) return;
    this.shown[0].link.removeAttribute("aria-describedby");
    this.shown = null;
    this.element.hidePopover();
    this.view.lines.dark();
  }

  details(row) {
    const { words } = this.view;
    const { mpItem, t, why } = row.element.dataset;
    const facets = this.view.closest(".mp").querySelector(`[data-mp-item="${CSS.escape(mpItem)}"][data-status]`)?.dataset ?? {};
    const kind = row.element.classList.contains("mp-tl-milestone") ? words.milestone : words.feature;
    const list = node("dl", "");
    const add = (name, text) => text && list.append(node("dt", words[name]), node("dd", text));
    const forms = this.forms();
    t.split("|").forEach((value, i) => value && add(FIELDS[i], (forms[FIELDS[i]] ?? forms.day)(value)));
    add("owner", facets.owner);
    add("before", row.before.map((wire) => title(wire.source)).join("\n"));
    add("after", row.after.map((wire) => title(wire.target)).join("\n"));
    const made = [node("strong", title(row)), node("p", `${kind} · ${words.status[facets.status] ?? ""}`)];
    if (why) made.push(node("p", why, "mp-late"));
    return [...made, list];
  }

  /** How the facts of a row are written that are no day. */
  forms() {
    const language = document.documentElement.lang || undefined;
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format;
    const percent = new Intl.NumberFormat(language, { style: "percent" }).format;
    const write = writer({ dateStyle: "medium" });
    const day = (at) => write(this.view.head.first + at * DAY);
    return { day, due: String, baseline: String, margin: number, free: number, chance: percent, progress: percent };
  }
}
