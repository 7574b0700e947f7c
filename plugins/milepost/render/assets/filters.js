/** Filters of a view: what fits stays, the rest is hidden. The address holds what is chosen, so that it can be shared. */

const FACETS = ["status", "goal", "team", "owner", "tag"];
const WRITE_AFTER = 150; // ms; browsers refuse an address that is written at each key

/** Without case and accents, as people type what they look for. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

class Filters extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, this.leaving);
    this.region = this.closest(this.dataset.of) ?? document.body;
    this.text = this.querySelector("input[type=search]");
    this.menus = [...this.querySelectorAll("details")];
    this.items = null;
    this.said = this.querySelector("[role=status]");
    this.button = this.querySelector("button");
    on(this, "input", () => this.changed());
    on(this, "focusin", () => (this.items ??= this.read_items()));
    on(this.button, "click", () => this.clear());
    on(this, "keydown", (event) => event.key === "Escape" && this.escape(event));
    on(this, "focusout", (event) => event.relatedTarget && this.close(event.relatedTarget));
    on(document, "pointerdown", (event) => this.close(event.target));
    on(window, "popstate", () => this.read());
    this.hidden = false;
    this.read();
  }

  disconnectedCallback() {
    this.leaving.abort();
    clearTimeout(this.timer);
  }

  /** What the address asks for is put into the controls. */
  read() {
    const asked = new URLSearchParams(location.search);
    this.text.value = asked.get("text") ?? "";
    for (const menu of this.menus) {
      const values = asked.getAll(menu.dataset.facet);
      for (const box of menu.querySelectorAll("input")) box.checked = values.includes(box.value);
    }
    this.apply();
  }

  changed() {
    this.apply();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), WRITE_AFTER);
  }

  /** The address: `text` (“q” would open Material's search), and each facet as often as it has values. Others stay. */
  write() {
    const address = new URL(location.href);
    for (const name of ["text", ...FACETS]) address.searchParams.delete(name);
    if (this.text.value.trim()) address.searchParams.set("text", this.text.value.trim());
    for (const [facet, values] of this.chosen()) for (const value of values) address.searchParams.append(facet, value);
    history.replaceState(history.state, "", address);
    for (const other of document.querySelectorAll("mp-filters")) if (other !== this) other.read?.();
  }

  clear() {
    this.text.value = "";
    for (const box of this.querySelectorAll(":checked")) box.checked = false;
    this.text.focus(); // the button is about to go
    this.changed();
  }

  /** The first Escape closes an open menu and nothing else. */
  escape(event) {
    const menu = event.target.closest("details[open]");
    if (!menu) return;
    event.preventDefault();
    event.stopPropagation();
    menu.open = false;
    menu.firstElementChild.focus();
  }

  /** Menus that are left close. */
  close(to) {
    for (const menu of this.menus) menu.open &&= menu.contains(to);
  }

  /** @returns {[string, Set<string>][]} each facet with the values chosen, if any are */
  chosen() {
    const values = (menu) => new Set([...menu.querySelectorAll(":checked")].map((box) => box.value));
    return this.menus.map((menu) => [menu.dataset.facet, values(menu)]).filter(([, found]) => found.size);
  }

  /** The items with their elements and values, read once, and not before a reader turns to the filters: of 10,000, reading
      takes longer than choosing. */
  read_items() {
    const items = new Map();
    for (const element of this.region.querySelectorAll("[data-mp-item]")) {
      const { mpItem, status, goal, team, owner, tags, title } = element.dataset;
      const item = items.get(mpItem) ?? { elements: [], fits: true };
      items.set(mpItem, item);
      item.elements.push(element);
      if (status === undefined) continue;
      item.status = status;
      item.values = [[status], [goal ?? ""], [team ?? ""], [owner ?? ""], (tags ?? "").split("\n")];
      item.title = folded(title ?? (element.querySelector("a") ?? element).textContent);
    }
    return items;
  }

  apply() {
    const words = folded(this.text.value).split(/\s+/).filter(Boolean);
    const chosen = this.chosen().map(([facet, values]) => [FACETS.indexOf(facet), values]);
    const active = words.length > 0 || chosen.length > 0;
    if (!this.items && !active) return; // all is shown, as the page was built
    this.items ??= this.read_items();
    const hidden = new Set();
    for (const [id, item] of this.items) {
      const fits =
        words.every((word) => item.title.includes(word)) &&
        chosen.every(([facet, values]) => item.values[facet].some((value) => values.has(value)));
      if (!fits) hidden.add(id);
      if (fits === item.fits) continue;
      item.fits = fits;
      for (const element of item.elements) element.toggleAttribute("hidden", !fits);
    }
    this.tell(hidden, active);
  }

  tell(hidden, active) {
    for (const menu of this.menus) {
      const count = menu.querySelectorAll(":checked").length;
      const badge = menu.querySelector("summary b");
      badge.hidden = !count;
      badge.textContent = count;
    }
    const total = this.items.size;
    const shown = total - hidden.size;
    this.button.hidden = !active;
    if (active || this.said.textContent) {
      const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
      const numbers = { shown, total };
      this.said.textContent = this.dataset.shown.replace(/{(\w+)}/g, (_, name) => number.format(numbers[name]));
    }
    this.region.dispatchEvent(new CustomEvent("mp-filter", { bubbles: true, detail: { shown, total, hidden } }));
  }
}

customElements.define("mp-filters", Filters);
