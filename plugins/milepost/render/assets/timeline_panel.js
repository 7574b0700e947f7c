/** The panel with the details of a row, for a pointer or the keyboard. */

const SHOW_AFTER = 120;
const HIDE_AFTER = 200;

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
    const { byPart, rows } = this.view;
    const row = byPart.get(element) ?? rows.find((other) => other.element.dataset.mpItem === element?.dataset.mpItem);
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

  /** What the table below says of it, each with the head of its column; and what only the chart knows. */
  details(row) {
    const { words } = this.view;
    const { mpItem, why } = row.element.dataset;
    const find = (name) => this.view.closest(".mp").querySelector(`${name}[data-mp-item="${CSS.escape(mpItem)}"]`);
    const [, kind, status, ...facts] = find("tr").cells;
    const before = facts.pop();
    const heads = kind.closest("table").rows[0].cells;
    const list = node("dl", "");
    const add = (name, text) => text && text !== "–" && list.append(node("dt", name), node("dd", text));
    const fact = (cell, text = cell.textContent) => add(heads[cell.cellIndex].textContent, text);
    for (const cell of facts) fact(cell);
    add(words.owner, find("[data-owner]")?.dataset.owner);
    fact(before, row.before.map((wire) => title(wire.source)).join("\n"));
    add(words.after, row.after.map((wire) => title(wire.target)).join("\n"));
    const made = [node("strong", title(row)), node("p", `${kind.textContent} · ${status.textContent}`)];
    if (why) made.push(node("p", why, "mp-late"));
    return [...made, list];
  }
}
