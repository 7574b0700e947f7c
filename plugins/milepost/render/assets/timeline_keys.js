/** Keys in the timeline: from row to row, along dependencies, and to another zoom, as the wheel with Ctrl. */

export function press(view, event) {
  const { key } = event;
  if (key === "+" || key === "-") return event.ctrlKey || event.metaKey || view.step(key === "+" ? 1 : -1);
  const row = view.byPart.get(event.target.closest("li"));
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const { seen } = view.lines;
  const at = seen.indexOf(row);
  const back = () => follow(row, "before", "source");
  const on = () => follow(row, "after", "target");
  const to = {
    ArrowDown: () => seen[at + 1],
    ArrowUp: () => seen[at - 1],
    Home: () => seen[0],
    End: () => seen.at(-1),
    "[": back,
    "]": on,
    ArrowLeft: view.rtl ? on : back,
    ArrowRight: view.rtl ? back : on,
  }[key];
  if (!to) return;
  event.preventDefault();
  const next = to();
  if (next) go(view, next);
}

/** The next of what a row waits for, or of what waits for it: each time it is asked another one. */
function follow(row, side, end) {
  const found = row[side].map((wire) => wire[end]).filter((other) => other.box);
  row.followed ??= { before: 0, after: 0 };
  return found[row.followed[side]++ % found.length];
}

/** To a row, so that its label and its bar are seen. */
function go(view, row) {
  const { region, chart, day, wide } = view;
  row.link.focus({ preventScroll: true });
  region.style.scrollPaddingBlockStart = `${chart.firstElementChild.offsetHeight}px`;
  row.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  const from = Math.abs(region.scrollLeft);
  if (row.x1 * day < from || row.x0 * day - from > wide - 20) view.hold([row.x0, wide / 4]);
  view.panel.place();
}

/** One row at a time is reached by the tabulator key: the last that was. */
export function focus(view, target) {
  const row = view.byPart.get(target.closest("li"));
  if (!row) return;
  view.current.tabIndex = -1;
  view.current = target;
  target.tabIndex = 0;
  if (target.matches(":focus-visible")) view.panel.open(row);
}

/** A wheel, or two fingers, tell many turns of what is meant as one. */
export function turn(view, event) {
  if (!event.ctrlKey) return;
  event.preventDefault();
  if (performance.now() - (view.turned ?? 0) > 150) view.step(event.deltaY < 0 ? 1 : -1);
  view.turned = performance.now();
}
