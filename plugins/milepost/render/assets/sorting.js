/** A table that is sorted by the names of its columns. A cell is sorted by its `data-v`, else by the text of its first
    link or all its text; what has neither stands last. `?sort=-reach` in the address is the column and its direction. */

const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

/** @returns {string | number} what a cell is sorted by, "" for nothing */
function value(cell) {
  if (!cell || cell.classList.contains("mp-none")) return "";
  const found = cell.dataset.v ?? (cell.querySelector("a") ?? cell).textContent.trim();
  return found === "" || Number.isNaN(Number(found)) ? found : Number(found);
}

function compare(a, b) {
  if (a === "" || b === "") return a === b ? 0 : a === "" ? Infinity : -Infinity; // last in both directions
  return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b);
}

const named = (head) => head.querySelector("button").firstChild.textContent;

export class Sorting {
  /** @param {HTMLTableElement} table its `th[data-sort]` become buttons; one called “rank” has the order that stands
      if nothing is chosen
      @param {{plain: string, select?: HTMLSelectElement, signal: AbortSignal, changed: () => void}} given `plain` is
      what that order is called without such a column, `changed` is called after a choice */
  constructor(table, { plain, select, signal, changed }) {
    this.heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.sort);
    this.base = this.heads.some((head) => head.dataset.sort === "rank") ? "rank" : "";
    Object.assign(this, { select, changed });
    for (const head of this.heads) {
      let button = head.querySelector("button");
      if (!button) {
        button = document.createElement("button");
        button.type = "button";
        button.className = "mp-sort";
        button.append(...head.childNodes);
        head.append(button);
      }
      button.addEventListener("click", () => this.choose(this.next(head)), { signal });
    }
    if (select) {
      const options = this.heads.flatMap((head) => this.directions(head).map((key) => [head, key]));
      const name = (head, key) => `${named(head)} ${key === head.dataset.sort ? "↑" : "↓"}`;
      select.replaceChildren(...options.map(([head, key]) => new Option(name(head, key), key)));
      if (!this.base) select.prepend(new Option(plain, ""));
      select.addEventListener("change", () => this.choose(select.value), { signal });
    }
    this.read();
  }

  /** Numbers begin with the largest, words and the order that stands anyway with the first. */
  directions({ dataset: { sort }, classList }) {
    return sort !== this.base && classList.contains("mp-num") ? [`-${sort}`, sort] : [sort, `-${sort}`];
  }

  next(head) {
    const [first, second] = this.directions(head);
    return this.key === first ? second : this.key === second ? this.base : first;
  }

  choose(key) {
    this.key = key;
    const address = new URL(location.href);
    if (key === this.base) address.searchParams.delete("sort");
    else address.searchParams.set("sort", key);
    history.replaceState(history.state, "", address);
    this.show();
    this.changed();
  }

  read() {
    const asked = new URLSearchParams(location.search).get("sort");
    this.key = this.heads.some((head) => this.directions(head).includes(asked)) ? asked : this.base;
    this.show();
  }

  show() {
    this.head = this.heads.find((head) => this.directions(head).includes(this.key));
    for (const head of this.heads) {
      if (head !== this.head) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", this.key === head.dataset.sort ? "ascending" : "descending");
    }
    if (this.select) this.select.value = this.key;
  }

  get isPlain() {
    return this.key === this.base;
  }

  get name() {
    return named(this.head);
  }

  /** The rows in the chosen order; those that are equal stay in the order given. */
  sorted(rows) {
    if (this.isPlain) return rows;
    const sign = this.key === this.head.dataset.sort ? 1 : -1;
    const of = new Map(rows.map((row) => [row, value(row.cells[this.head.cellIndex])]));
    return rows.toSorted((one, other) => {
      const found = compare(of.get(one), of.get(other));
      return Number.isFinite(found) ? sign * found : found;
    });
  }
}
