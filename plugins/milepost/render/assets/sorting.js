/** A table that is sorted by the names of its columns. A cell is sorted by its `data-v`, else by the text of its first
    link or all its text; what has neither stands last. `?sort=-reach` in the address is the column and its direction. */

const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

/** @returns {string | number} what a cell is sorted by, "" for nothing */
function value(cell) {
  if (!cell || cell.classList.contains("mp-none")) return "";
  const found = cell.dataset.v ?? (cell.querySelector("a") ?? cell).textContent.trim();
  return found === "" || isNaN(found) ? found : Number(found);
}

/** Numbers begin with the largest; words, and ranks, with the first. */
function directions({ dataset: { sort }, classList }) {
  return sort !== "rank" && classList.contains("mp-num") ? [`-${sort}`, sort] : [sort, `-${sort}`];
}

export class Sorting {
  /** @param {HTMLTableElement} table its `th[data-sort]` become buttons; that of “rank” has the order that stands anyway
      @param {() => void} changed called after a choice */
  constructor(table, signal, changed) {
    this.heads = [...table.querySelectorAll("th[data-sort]")];
    this.base = this.heads.some(({ dataset }) => dataset.sort === "rank") ? "rank" : "";
    for (const head of this.heads) {
      if (!head.querySelector("button")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "mp-sort";
        button.append(...head.childNodes);
        head.append(button);
      }
      head.addEventListener("click", () => {
        const [first, second] = directions(head);
        this.show(this.key === first ? second : this.key === second ? this.base : first);
        const address = new URL(location.href);
        address.searchParams.set("sort", this.key);
        if (this.isPlain) address.searchParams.delete("sort");
        history.replaceState(history.state, "", address);
        changed();
      }, { signal });
    }
    this.show(new URLSearchParams(location.search).get("sort"));
  }

  show(asked) {
    this.head = this.heads.find((head) => directions(head).includes(asked));
    this.key = this.head ? asked : this.base;
    this.isPlain = this.key === this.base;
    for (const head of this.heads) {
      head.removeAttribute("aria-sort");
      const direction = this.key === head.dataset.sort ? "ascending" : "descending";
      if (directions(head).includes(this.key)) head.setAttribute("aria-sort", direction);
    }
  }

  /** The rows in the chosen order; those that are equal stay in the order given. */
  sorted(rows) {
    if (this.isPlain) return rows;
    const sign = this.key === this.head.dataset.sort ? 1 : -1;
    const of = new Map(rows.map((row) => [row, value(row.cells[this.head.cellIndex])]));
    return [...rows].sort((one, other) => {
      const [a, b] = [of.get(one), of.get(other)];
      if (a === "" || b === "") return (a === "") - (b === "");
      return sign * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
    });
  }
}
