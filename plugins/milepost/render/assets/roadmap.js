/** The roadmap: its cards stand in other columns and lanes without a page load; `?group=quarter&lanes=team` says which. */

class Roadmap extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, this.leaving);
    this.built ??= { group: this.dataset.group, lanes: this.dataset.lanes };
    this.words = JSON.parse(this.dataset.words);
    this.number = new Intl.NumberFormat(document.documentElement.lang || undefined);
    this.region = this.querySelector(".mp-rm-region");
    this.templates = { group: this.all("template[data-group]"), lanes: this.all("template[data-lanes]") };
    this.links = this.all(".mp-rm-arrange a");
    this.cards ??= this.all("[data-at]")
      .map((element) => ({ element, at: element.dataset.at.split(" ").map(Number), status: element.dataset.status }))
      .sort((a, b) => a.at[0] - b.at[0]);
    for (const link of this.links) on(link, "click", (event) => this.choose(event, link));
    on(this, "mp-filter", () => this.fill());
    on(this, "keydown", (event) => this.step(event));
    on(window, "popstate", () => this.read());
    for (const nav of this.all(".mp-rm-arrange")) nav.hidden = false;
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
    for (const kind of ["group", "lanes"]) {
      const known = this.templates[kind].map((it) => it.dataset[kind]);
      const value = asked.get(kind);
      this.dataset[kind] = known.includes(value) || (kind === "lanes" && value === "none") ? value : this.built[kind];
    }
    this.arrange();
  }

  /** The address with a choice in it. Other parameters stay, filters among them. */
  address(kind, value) {
    const address = new URL(location.href);
    if (value === this.built[kind]) address.searchParams.delete(kind);
    else address.searchParams.set(kind, value);
    return address;
  }

  choose(event, link) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // a theme that navigates by itself would load the page
    const [[kind, value]] = Object.entries(link.dataset);
    history.replaceState(history.state, "", this.address(kind, value));
    this.read();
  }

  arrange() {
    const { group, lanes } = this.dataset;
    const laned = lanes !== "none";
    const groups = this.templates.group.map((it) => it.dataset.group);
    const column = 1 + groups.indexOf(group);
    const lane = 1 + groups.length + this.templates.lanes.findIndex((it) => it.dataset.lanes === lanes);
    const columns = [...this.templates.group[column - 1].content.children];
    const titles = laned ? [...this.templates.lanes[lane - 1 - groups.length].content.children] : [null];
    const places = new Map();
    const apart = { done: [], dropped: [] };
    for (const card of this.cards) {
      const place = `${laned ? card.at[lane] : 0} ${card.at[column]}`;
      if (card.at[column] < 0) apart[card.status === "dropped" ? "dropped" : "done"].push(card);
      else if (places.has(place)) places.get(place).push(card);
      else places.set(place, [card]);
    }
    const used = new Set([...places.keys()].map((place) => parseInt(place)));

    this.apart = this.all("[data-apart]").map((fold) => ({ fold, cards: apart[fold.dataset.apart] }));
    for (const { fold, cards } of this.apart) place(fold.lastElementChild, cards);
    this.lanes = (used.size ? [...used].sort((a, b) => a - b) : [0]).map((number) => {
      const cells = columns.map((shape, i) => {
        const cards = places.get(`${number} ${i}`) ?? [];
        const element = shape.cloneNode(true);
        const open = cards.filter((card) => card.status !== "done");
        const done = cards.filter((card) => card.status === "done");
        const why = laned ? this.words.none : element.querySelector(".mp-rm-empty").textContent;
        if (laned) lower(element.firstElementChild);
        place(element.querySelector(".mp-rm-done ul"), done);
        return { element, open, done, why };
      });
      return { title: titles[number]?.cloneNode(true), cells };
    });
    this.region.replaceChildren(...this.lanes.map(({ title, cells }) => {
      const row = make("div", "mp-rm-cells", ...cells.map((cell) => cell.element));
      return make("section", "mp-rm-lane", ...(title ? [title, row] : [row]));
    }));
    const parts = laned ? [...this.region.children] : this.lanes[0].cells.map((cell) => cell.element);
    this.querySelector(".mp-rm-jump").replaceChildren(...parts.map((part, i) => {
      part.id = `mp-rm-${i + 1}`;
      const link = make("a", "", part.querySelector(".mp-rm-what").textContent);
      link.href = `#${part.id}`;
      return link;
    }));
    for (const link of this.links) {
      const [[kind, value]] = Object.entries(link.dataset);
      link.toggleAttribute("aria-current", false);
      if (this.dataset[kind] === value) link.setAttribute("aria-current", "true");
      link.href = this.address(kind, value);
    }
    this.fill();
  }

  say(word, count) {
    return this.words[word].replace("{n}", this.number.format(count));
  }

  /** What fits the filters is counted, and the first of it stands as cards, however many are hidden before it. */
  fill() {
    const [most, mostLaned] = this.dataset.most.split(" ").map(Number);
    const limit = this.dataset.lanes === "none" ? most : mostLaned;
    for (const { title, cells } of this.lanes) {
      let total = 0;
      for (const cell of cells) total += this.fillCell(cell, limit);
      if (title) this.count(title, total);
    }
    for (const { fold, cards } of this.apart) {
      const count = cards.filter(fits).length;
      fold.hidden = !count;
      fold.firstElementChild.textContent = this.say(fold.dataset.apart, count);
    }
  }

  fillCell(cell, limit) {
    const { open, done } = cell;
    const shown = open.filter(fits);
    const first = shown.length <= limit + 2 ? shown.length : limit;
    const [cards, more, finished, empty] = ["cards", "more", "done", "empty"].map((name) => cell.element.querySelector(`.mp-rm-${name}`));
    const folded = [...shown.slice(first), ...open.filter((card) => !fits(card))];
    place(cards, shown.slice(0, first));
    place(more.lastElementChild, folded);
    const finishedCount = done.filter(fits).length;
    cards.hidden = !first;
    more.hidden = first === shown.length;
    more.firstElementChild.textContent = this.say("more", shown.length - first);
    finished.hidden = !finishedCount;
    finished.firstElementChild.textContent = this.say("done", finishedCount);
    empty.hidden = shown.length + finishedCount > 0;
    empty.textContent = !empty.hidden && open.length + done.length ? this.words.unfit : cell.why;
    cell.element.classList.toggle("mp-rm-none", !empty.hidden);
    this.count(cell.element, shown.length);
    return shown.length;
  }

  count(within, count) {
    const [seen, heard] = within.querySelector(".mp-rm-count").children;
    seen.textContent = this.number.format(count);
    heard.textContent = this.say("open", count);
  }

  /** Arrow keys on a card lead to the next one, and to the one beside it in the next column. */
  step(event) {
    const link = event.target.closest?.(".mp-rm-cards a");
    const along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!link || !(along || across) || event.altKey || event.ctrlKey || event.metaKey) return;
    const cell = link.closest(".mp-rm-cell");
    const links = cardLinks(cell);
    const index = links.indexOf(link);
    let next = links[index + along];
    if (across) {
      const cells = [...cell.parentElement.children];
      const step = getComputedStyle(this).direction === "rtl" ? -across : across;
      for (let i = cells.indexOf(cell) + step; cells[i] && !next; i += step) {
        const found = cardLinks(cells[i]);
        next = found[Math.min(index, found.length - 1)];
      }
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

const fits = (card) => !card.element.hidden;

const cardLinks = (cell) => [...cell.querySelectorAll(".mp-rm-cards > li:not([hidden]) .mp-rm-name a")];

function place(list, cards) {
  const elements = cards.map((card) => card.element);
  if (list.childElementCount !== elements.length || elements.some((it, i) => it !== list.children[i])) list.replaceChildren(...elements);
}

function make(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** Below the heading of a lane, that of a column is one level lower. */
function lower(heading) {
  heading.replaceWith(make("h3", heading.className, ...heading.childNodes));
}

customElements.define("mp-roadmap", Roadmap);
