/** The roadmap: its cards stand in other columns and lanes without a page load; `?group=quarter&lanes=team` says which. */

const KINDS = ["group", "lanes"];

/** @typedef {{ element: HTMLElement, at: number[], status: string }} Card `at`: see `Card.at` of the view */

class Roadmap extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, this.leaving);
    const { group, lanes, words, most } = this.dataset;
    this.built ??= { group, lanes };
    this.words = JSON.parse(words);
    this.most = most.split(" ").map(Number);
    this.region = this.querySelector(".mp-rm-region");
    this.links = this.all(".mp-rm-arrange a");
    this.groups = this.all("template[data-group]");
    this.kinds = this.all("template[data-lanes]");
    this.cards = this.all("[data-at]")
      .map((element) => ({ element, at: element.dataset.at.split(" ").map(Number), status: element.dataset.status }))
      .sort((a, b) => a.at[0] - b.at[0]);
    for (const link of this.links) on(link, "click", (event) => this.choose(event, link));
    on(this, "mp-filter", () => this.fill());
    on(this, "keydown", (event) => this.step(event));
    on(window, "popstate", () => this.read());
    for (const nav of this.all(".mp-rm-arrange")) {
      nav.hidden = false;
      for (const type of ["pointerover", "focusin"]) on(nav, type, () => this.link()); // filters may have changed
    }
    this.read();
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  all(selector) {
    return [...this.querySelectorAll(selector)];
  }

  /** The arrangement that the address asks for; what it doesn't say, or what isn't there, is as the page was built. */
  read() {
    const asked = new URLSearchParams(location.search);
    for (const kind of KINDS) {
      const value = asked.get(kind);
      this.dataset[kind] = this.links.some((link) => value && link.dataset[kind] === value) ? value : this.built[kind];
    }
    const { group, lanes } = this.dataset;
    if (this.arranged !== group + lanes) this.arrange(); // a jump to a column changes the address, too
    this.arranged = group + lanes;
  }

  /** The address with a choice in it. Other parameters stay, filters among them. */
  address(link) {
    const address = new URL(location.href);
    for (const kind of KINDS) {
      const value = link.dataset[kind];
      if (value) address.searchParams.set(kind, value);
      if (value === this.built[kind]) address.searchParams.delete(kind);
    }
    return address;
  }

  link() {
    for (const link of this.links) link.href = this.address(link);
  }

  choose(event, link) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // a theme that navigates by itself would load the page
    history.replaceState(history.state, "", this.address(link));
    this.read();
  }

  arrange() {
    const { group, lanes } = this.dataset;
    const laned = lanes !== "none";
    const groupNumber = this.groups.findIndex((it) => it.dataset.group === group);
    const kindNumber = this.kinds.findIndex((it) => it.dataset.lanes === lanes);
    const titles = this.kinds[kindNumber]?.content.children ?? [];
    const columns = [...this.groups[groupNumber].content.children];

    /** @type {Record<string, Card[]>} by the name of a fold, or the numbers of a lane and a column */
    const places = {};
    const used = new Set();
    for (const card of this.cards) {
      const column = card.at[1 + groupNumber];
      const lane = laned ? card.at[1 + this.groups.length + kindNumber] : 0;
      let where = card.status === "dropped" ? "dropped" : "done";
      if (column >= 0) {
        where = `${lane} ${column}`;
        used.add(lane);
      }
      (places[where] ??= []).push(card);
    }

    this.apart = this.all("[data-apart]").map((fold) => ({ fold, cards: places[fold.dataset.apart] ?? [] }));
    for (const { fold, cards } of this.apart) place(fold.lastElementChild, cards);
    const stands = !this.arranged && KINDS.every((kind) => this.dataset[kind] === this.built[kind]); // nothing need be made
    this.lanes = (used.size ? [...used].sort((a, b) => a - b) : [0]).map((lane, row) => {
      const there = stands ? this.region.children[row] : null;
      const cells = columns.map((shape, column) => {
        const element = there ? there.lastElementChild.children[column] : shape.cloneNode(true);
        return this.cell(element, places[`${lane} ${column}`] ?? [], laned && !there);
      });
      if (laned) for (const cell of cells) cell.why = this.words.none;
      return { title: there ? there.querySelector(".mp-rm-lane-title") : titles[lane]?.cloneNode(true), cells };
    });
    if (!stands) this.put();
    this.link();
    for (const link of this.links) {
      link.removeAttribute("aria-current");
      if (KINDS.some((kind) => link.dataset[kind] === this.dataset[kind])) link.setAttribute("aria-current", "true");
    }
    if (!stands || !this.cards.every(fits)) this.fill();
  }

  /** The lanes in place of those that stand there, and the ways to them. */
  put() {
    this.region.replaceChildren(...this.lanes.map(({ title, cells }) => {
      const row = make("div", "mp-rm-cells", cells.map((cell) => cell.element));
      return make("section", "mp-rm-lane", title ? [title, row] : [row]);
    }));
    this.region.classList.toggle("mp-rm-many", this.lanes[0].cells.length > 4);
    const laned = this.dataset.lanes !== "none";
    const parts = laned ? [...this.region.children] : this.lanes[0].cells.map((cell) => cell.element);
    this.querySelector(".mp-rm-jump").replaceChildren(...parts.map((part, i) => {
      part.id = `mp-rm-${i + 1}`;
      const link = make("a", "", [part.querySelector(".mp-rm-what").textContent]);
      link.href = `#${part.id}`;
      return link;
    }));
  }

  /** What a cell holds; below the heading of a lane its own is one level lower. */
  cell(element, cards, lower) {
    const [heading, list, empty, more, finished] = element.children;
    if (lower) heading.replaceWith(make("h3", heading.className, heading.childNodes));
    const done = cards.filter((card) => card.status === "done");
    place(finished.lastElementChild, done);
    const open = cards.filter((card) => card.status !== "done");
    return { element, list, empty, more, finished, open, done, why: empty.textContent };
  }

  /** What fits the filters is counted, and the first of it stands as cards, however many are hidden before it. */
  fill() {
    for (const { title, cells } of this.lanes) {
      const counts = cells.map((cell) => this.fillCell(cell));
      if (title) this.count(title, counts.reduce((a, b) => a + b));
    }
    for (const { fold, cards } of this.apart) this.tell(fold, fold.dataset.apart, cards.filter(fits).length);
  }

  fillCell({ element, list, empty, more, finished, open, done, why }) {
    const most = this.most[this.dataset.lanes === "none" ? 0 : 1];
    const shown = open.filter(fits);
    const first = shown.length <= most + 2 ? shown.length : most;
    const closed = done.filter(fits).length;
    place(list, shown.slice(0, first));
    place(more.lastElementChild, [...shown.slice(first), ...open.filter((card) => !fits(card))]);
    list.hidden = !first;
    this.tell(more, "more", shown.length - first);
    this.tell(finished, "done", closed);
    empty.hidden = first + closed > 0;
    empty.textContent = !empty.hidden && open.length + done.length ? this.words.unfit : why;
    element.classList.toggle("mp-rm-none", !empty.hidden);
    this.count(element, shown.length);
    return shown.length;
  }

  tell(fold, word, count) {
    fold.hidden = !count;
    fold.firstElementChild.textContent = this.say(word, count);
  }

  count(within, count) {
    const [seen, heard] = within.querySelector(".mp-rm-count").children;
    seen.textContent = written(count);
    heard.textContent = this.say("open", count);
  }

  say(word, count) {
    return this.words[word].replace("{n}", written(count));
  }

  /** Arrow keys on a card lead to the next one, and to the one beside it in the next column. */
  step(event) {
    const link = event.target.closest(".mp-rm-cards a");
    const along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!link || !(along || across) || event.altKey || event.ctrlKey || event.metaKey) return;
    const cell = link.closest(".mp-rm-cell");
    const index = cardLinks(cell).indexOf(link);
    let next = cardLinks(cell)[index + along];
    const forward = across > 0 === (getComputedStyle(this).direction === "ltr");
    for (let beside = cell; across && beside && !next; ) {
      beside = forward ? beside.nextElementSibling : beside.previousElementSibling;
      const found = beside ? cardLinks(beside) : [];
      next = found[Math.min(index, found.length - 1)];
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

const fits = (card) => !card.element.hidden;

const written = (count) => count.toLocaleString(document.documentElement.lang || undefined);

const cardLinks = (cell) => [...cell.querySelectorAll(".mp-rm-cards > :not([hidden]) > a")];

/** Cards that already stand there are left alone: to move hundreds at each key would be felt. */
function place(list, cards) {
  const elements = cards.map((card) => card.element);
  if (list.childElementCount !== elements.length || elements.some((it, i) => it !== list.children[i])) list.replaceChildren(...elements);
}

function make(name, className, content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

customElements.define("mp-roadmap", Roadmap);
