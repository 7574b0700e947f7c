/** Features: the table sorted as a reader likes, and ranked by weights they try. The address holds both. */

import { fitting, float, fraction, ranked, sum } from "./ranking.js";
import { Sorting } from "./sorting.js";

const WRITE_AFTER = 150; // ms; browsers refuse an address that is written at each step of a slider
const [MANY, FOLLOW_AFTER] = [200, 120]; // rows; ms: a long table is laid out anew once the slider rests

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const number = (digits) => new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: digits });

/** The features as the build ranked them, with what weights act on. */
function planned(table, line) {
  const cut = line && !line.hidden ? line : null;
  return [...table.querySelectorAll("tr[data-mp-item]")].map((row) => {
    const { mpItem: id, kind, terms, size = 0 } = row.dataset;
    const [at, score, side] = [".mp-rank", ".mp-score", ".mp-side"].map((part) => row.querySelector(part));
    const [rank, value] = [at, score].map((cell) => Number(cell?.dataset.v));
    const fits = !cut || Boolean(row.compareDocumentPosition(cut) & Node.DOCUMENT_POSITION_FOLLOWING);
    const was = { rank, value, fits, text: score?.textContent };
    return { row, at, score, side, id, isProduct: kind === "product", terms: terms?.split(" ").map(fraction), size: BigInt(size), rank, value, was };
  });
}

/** In place of what was planned another text and a note, or what was planned again. */
function tell(cell, isTried, sortedBy, text, note) {
  const [old, other] = cell.children;
  cell.dataset.v = sortedBy;
  old.hidden = isTried;
  other.hidden = !isTried;
  other.firstChild.textContent = text;
  other.lastChild.textContent = note;
}

/** Put a slider where it is asked to be, or where it was planned to be. */
function set(slider, asked) {
  const { weight } = slider.dataset;
  slider.value = asked || float(fraction(weight)); // kept between its ends and at its steps
  slider.dataset.now = asked ? slider.value : weight; // a weight that isn't moved stays exactly as planned
}

const moved = ({ dataset: { now, weight } }) => float(fraction(now)) !== float(fraction(weight));

class Features extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.words = JSON.parse(this.dataset.words);
    this.closest(".mp").addEventListener("mp-filter", () => this.filtered(), { signal });
    this.filtered();
    this.table = this.querySelector(".mp-ranking");
    if (!this.table) return;
    this.line = this.table.querySelector(".mp-cut");
    this.rows ??= planned(this.table, this.line);
    this.caption ??= this.table.caption.textContent;
    this.tries = this.querySelector(".mp-try");
    if (this.tries) this.offer(signal);
    this.sorting = new Sorting(this.table, signal, () => this.arrange());
    this.apply();
  }

  disconnectedCallback() {
    this.leaving.abort();
    clearTimeout(this.writing);
    clearTimeout(this.following);
  }

  /** The sliders, set as the address asks. */
  offer(signal) {
    this.sliders = [...this.tries.querySelectorAll("input")];
    this.button = this.tries.querySelector("button");
    this.spots = new Map([...this.querySelectorAll(".mp-ve li")].map((spot) => [spot.dataset.mpItem, spot.querySelector("b")]));
    const asked = new URLSearchParams(location.search);
    for (const slider of this.sliders) {
      const found = asked.get(`w.${slider.name}`);
      set(slider, isNaN(found) ? "" : found);
      if (moved(slider)) this.tries.open = true;
    }
    const change = () => {
      this.weights();
      clearTimeout(this.following);
      this.following = setTimeout(() => this.apply(), this.rows.length > MANY ? FOLLOW_AFTER : 0);
      clearTimeout(this.writing);
      this.writing = setTimeout(() => this.write(), WRITE_AFTER);
    };
    this.tries.addEventListener("input", ({ target }) => (set(target, target.value), change()), { signal });
    this.button.addEventListener("click", () => {
      for (const slider of this.sliders) set(slider);
      this.sliders[0].focus(); // the button is about to go
      change();
    }, { signal });
    this.tries.hidden = false;
  }

  write() {
    const address = new URL(location.href);
    for (const slider of this.sliders) {
      address.searchParams.delete(`w.${slider.name}`);
      if (moved(slider)) address.searchParams.set(`w.${slider.name}`, slider.dataset.now);
    }
    history.replaceState(history.state, "", address);
  }

  /** Ranks by the weights as they are set. */
  apply() {
    this.order = this.rows;
    this.fits = this.rows.filter(({ was }) => was.fits).length;
    if (this.tries) {
      const weights = this.weights();
      const isTried = this.sliders.some(moved);
      if (isTried) {
        this.order = ranked(this.rows, weights);
        if (this.line) this.fits = fitting(this.order, BigInt(this.tries.dataset.limit));
      }
      this.order.forEach((feature, i) => this.show(feature, i < this.fits, isTried));
      this.classList.toggle("mp-tried", isTried);
      this.button.hidden = !isTried;
      this.tries.querySelector("[role=status]").textContent = isTried ? this.changes() : "";
    }
    this.arrange();
  }

  /** The weights as fractions; shares are divided by their sum. */
  weights() {
    let weights = this.sliders.map(({ dataset }) => fraction(dataset.now));
    const [over, under] = sum(weights);
    if ("shared" in this.tries.dataset && over > 0n) weights = weights.map(([a, b]) => [a * under, b * over]);
    this.sliders.forEach((slider, i) => {
      const said = number(3).format(float(weights[i]));
      slider.nextElementSibling.textContent = said;
      slider.setAttribute("aria-valuetext", said);
    });
    return weights;
  }

  /** A row's rank and score as they come out, beside what was planned. */
  show(feature, fits, isTried) {
    const { words, spots } = this;
    const { id, at, score, side, rank, value, was } = feature;
    const up = was.rank - rank;
    const move = up ? filled(up > 0 ? words.up : words.down, { places: Math.abs(up), rank: was.rank }) : words.same;
    tell(at, isTried, rank, rank, move);
    tell(score, isTried, value, number(1).format(value), filled(words.was, { value: was.text }));
    if (spots.has(id)) spots.get(id).textContent = rank;
    if (!side) return;
    feature.crosses = fits !== was.fits && (fits ? "rises" : "falls");
    side.textContent = words[feature.crosses || (fits ? "above" : "below")];
    side.classList.toggle("mp-crosses", Boolean(feature.crosses));
  }

  changes() {
    const count = (test) => number(0).format(this.order.filter(test).length);
    const [up, down] = ["rises", "falls"].map((way) => count(({ crosses }) => crosses === way));
    const changed = count(({ rank, was }) => rank !== was.rank);
    return filled(this.words[this.line ? "crosses" : "changes"], { number: changed, total: count(() => true), up, down });
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
    const column = sorting.head?.querySelector("button").firstChild.textContent;
    table.caption.textContent = sorting.isPlain ? this.caption : filled(this.words.sorted, { column });
  }

  /** A part in which nothing fits a filter is gone with its heading; a fold tells how many there are in it. */
  filtered() {
    for (const part of this.querySelectorAll("[data-part]")) {
      const count = part.querySelectorAll("[data-mp-item]:not([hidden])").length;
      part.hidden = !count;
      const told = part.querySelector("[data-words]");
      if (told) told.textContent = filled(told.dataset.words, { number: number(0).format(count) });
    }
  }
}

customElements.define("mp-features", Features);
