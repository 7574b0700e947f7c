/** Features: the table sorted as a reader likes, and ranked by weights they try. The address holds both. */

import { fitting, float, fraction, ranked, sum } from "./ranking.js";
import { Sorting } from "./sorting.js";

const WRITE_AFTER = 150; // ms; browsers refuse an address that is written at each step of a slider
const [MANY, FOLLOW_AFTER] = [200, 120]; // rows; ms: a long table is laid out anew once the slider rests

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

class Features extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const lang = document.documentElement.lang || undefined;
    this.words = JSON.parse(this.dataset.words);
    this.number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
    this.weight = new Intl.NumberFormat(lang, { maximumFractionDigits: 3 });
    this.closest(".mp").addEventListener("mp-filter", () => this.filtered(), { signal });
    this.filtered();
    this.table = this.querySelector(".mp-ranking");
    if (!this.table) return;
    this.line = this.table.querySelector(".mp-cut");
    this.rows ??= planned(this.table, this.line);
    this.caption ??= this.table.caption.textContent;
    this.spots = new Map([...this.querySelectorAll(".mp-ve li")].map((spot) => [spot.dataset.mpItem, spot.querySelector("b")]));
    this.tries = this.querySelector(".mp-try");
    if (this.tries) this.offer(signal);
    const by = this.querySelector(".mp-sort-by");
    const { plain } = this.words;
    this.sorting = new Sorting(this.table, { plain, select: by.lastElementChild, signal, changed: () => this.arrange() });
    by.hidden = false;
    this.apply();
  }

  disconnectedCallback() {
    this.leaving.abort();
    clearTimeout(this.timer);
    clearTimeout(this.following);
  }

  /** The sliders, set as the address asks; a weight that isn't moved stays exactly as planned. */
  offer(signal) {
    this.sliders = [...this.tries.querySelectorAll("input")];
    this.button = this.tries.querySelector("button");
    const asked = new URLSearchParams(location.search);
    for (const slider of this.sliders) {
      const found = asked.get(`w.${slider.name}`);
      set(slider, found && Number.isFinite(Number(found)) ? found : null);
      if (moved(slider)) this.tries.open = true;
    }
    const change = () => {
      this.weights();
      clearTimeout(this.following);
      this.following = setTimeout(() => this.apply(), this.rows.length > MANY ? FOLLOW_AFTER : 0);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.write(), WRITE_AFTER);
    };
    this.tries.addEventListener("input", ({ target }) => (set(target, target.value), change()), { signal });
    this.button.addEventListener("click", () => {
      for (const slider of this.sliders) set(slider, null);
      this.sliders[0].focus(); // the button is about to go
      change();
    }, { signal });
    this.tries.hidden = false;
  }

  write() {
    const address = new URL(location.href);
    for (const slider of this.sliders) {
      if (moved(slider)) address.searchParams.set(`w.${slider.name}`, slider.dataset.now);
      else address.searchParams.delete(`w.${slider.name}`);
    }
    history.replaceState(history.state, "", address);
  }

  /** Ranks by the weights as they are set. */
  apply() {
    this.order = this.rows;
    this.fits = this.rows.filter(({ was }) => was.fits).length;
    if (this.tries) {
      const isTried = this.sliders.some(moved);
      const weights = this.weights();
      if (isTried) {
        this.order = ranked(this.rows, weights);
        if (this.line) this.fits = fitting(this.order, BigInt(this.tries.dataset.limit));
      }
      this.order.forEach((feature, i) => this.show(feature, i < this.fits, isTried));
      this.classList.toggle("mp-tried", isTried);
      this.button.hidden = !isTried;
      this.say(isTried);
    }
    this.arrange();
  }

  /** The weights as fractions; shares are divided by their sum. */
  weights() {
    const found = this.sliders.map((slider) => fraction(slider.dataset.now));
    const total = sum(found);
    const isShared = "shared" in this.tries.dataset && total[0] > 0n && this.sliders.some(moved);
    const weights = isShared ? found.map(([over, under]) => [over * total[1], under * total[0]]) : found;
    this.sliders.forEach((slider, i) => {
      const said = this.weight.format(float(weights[i]));
      slider.nextElementSibling.textContent = said;
      slider.setAttribute("aria-valuetext", said);
    });
    return weights;
  }

  /** A row's rank and score as they come out, beside what was planned. */
  show(feature, fits, isTried) {
    const { at, score, side, rank, value, was } = feature;
    const { words } = this;
    const up = was.rank - rank;
    const move = up ? filled(up > 0 ? words.up : words.down, { places: Math.abs(up), rank: was.rank }) : words.same;
    feature.crosses = fits === was.fits ? "" : fits ? "rises" : "falls";
    now(at, isTried && rank, [move, words[feature.crosses]]);
    now(score, isTried && this.number.format(value), [up || value !== was.value ? filled(words.was, { value: was.text }) : ""]);
    at.dataset.v = rank;
    score.dataset.v = value;
    if (side) side.textContent = fits ? words.above : words.below;
    const spot = this.spots.get(feature.id);
    if (spot) spot.textContent = rank;
  }

  say(isTried) {
    const count = (test) => this.number.format(this.order.filter(test).length);
    const said = [filled(this.words.changes, { number: count(({ rank, was }) => rank !== was.rank), total: count(() => true) })];
    if (this.line) {
      said.push(filled(this.words.crosses, { up: count(({ crosses }) => crosses === "rises"), down: count(({ crosses }) => crosses === "falls") }));
    }
    this.tries.querySelector("[role=status]").textContent = isTried ? said.join(" ") : "";
  }

  /** The rows in their order, and the cut line where it is true: among rows by rank. */
  arrange() {
    const { sorting, table, line } = this;
    const rows = sorting.sorted(this.order.map(({ row }) => row));
    table.tBodies[0].append(...rows);
    if (line) {
      line.hidden = !sorting.isPlain || this.fits === rows.length;
      if (!line.hidden) rows[this.fits].before(line);
      table.classList.toggle("mp-unordered", !sorting.isPlain);
    }
    table.caption.textContent = sorting.isPlain ? this.caption : filled(this.words.sorted, { column: sorting.name });
  }

  /** A part in which nothing fits a filter is gone with its heading; a fold tells how many there are in it. */
  filtered() {
    for (const part of this.querySelectorAll("[data-part]")) {
      const count = part.querySelectorAll("[data-mp-item]:not([hidden])").length;
      part.hidden = !count;
      const told = part.querySelector("[data-words]");
      if (told) told.textContent = filled(told.dataset.words, { number: this.number.format(count) });
    }
  }
}

/** The features as the build ranked them, with what weights act on. */
function planned(table, line) {
  const cut = line && !line.hidden ? line : null;
  return [...table.querySelectorAll("tr[data-mp-item]")].map((row) => {
    const { mpItem: id, kind, terms, size } = row.dataset;
    const [at, score, side] = [".mp-rank", ".mp-score", ".mp-side"].map((part) => row.querySelector(part));
    const rank = Number(at?.dataset.v);
    const value = Number(score?.dataset.v);
    const fits = !cut || Boolean(row.compareDocumentPosition(cut) & Node.DOCUMENT_POSITION_FOLLOWING);
    const was = { rank, value, fits, text: score?.textContent };
    const isProduct = kind === "product";
    return { row, at, score, side, id, isProduct, terms: terms?.split(" ").map(fraction), size: BigInt(size ?? 0), rank, value, was };
  });
}

/** A new text in place of what is in a cell, and notes below it; the old content again if the text is `false`. */
function now(cell, text, notes) {
  const [old, ...rest] = cell.children;
  old.hidden = text !== false;
  for (const added of rest) if (added.matches(".mp-instead")) added.remove();
  if (text === false) return;
  const shown = document.createElement("strong");
  shown.textContent = text;
  const under = notes.filter(Boolean).map((note) => {
    const found = document.createElement("small");
    found.className = "mp-under";
    found.textContent = note;
    return found;
  });
  const added = document.createElement("span");
  added.className = "mp-instead";
  added.append(shown, ...under);
  old.after(added);
}

/** Put a slider where it is asked to be, or where it was planned to be if that is null. */
function set(slider, asked) {
  const { weight } = slider.dataset;
  slider.value = asked ?? float(fraction(weight)); // kept between its ends and at its steps
  slider.dataset.now = asked === null ? weight : slider.value;
}

const moved = ({ dataset: { now, weight } }) => float(fraction(now)) !== float(fraction(weight));

customElements.define("mp-features", Features);
