/** What the page says of the timeline: its rows, what waits for what, the leaves they stand on, the milestones above. */

const DIAMOND = 7;

/** @param {Element} root the element around the chart */
export function read(root) {
  const tracks = root.querySelectorAll(".mp-tl-track:not(.mp-tl-between)");
  const rows = [...root.querySelectorAll(".mp-tl-rows > li")].map((element, number) => {
    const [x0, x1] = ends(tracks[number]);
    const around = x0 === x1 ? DIAMOND : 0;
    const link = element.firstElementChild;
    link.tabIndex = -1;
    return { element, parts: [element, tracks[number]], link, x0, x1, around, before: [], after: [] };
  });
  const byPart = new Map(rows.flatMap((row) => row.parts.map((part) => [part, row])));
  const leaves = [...root.querySelectorAll(".mp-tl-leaf")].map((element) => {
    const lines = [...element.querySelectorAll(".mp-tl-lane, .mp-tl-rows > li")];
    const column = element.querySelector(".mp-tl-tracks");
    return { element, lines, column, tracks: column.children, drawing: element.querySelector("svg") };
  });
  return { rows, byPart, leaves, wires: wires(rows), marks: marks(root) };
}

/** A wire is a dependency between two rows, from an end of one to an end of the other. */
function wires(rows) {
  const found = [];
  for (const row of rows) {
    for (const [, source, kind, critical] of (row.element.dataset.waits ?? "").matchAll(/(\d+)([FS]{2})?(!)?/g)) {
      const [fromEnd, toStart] = [kind?.[0] !== "S", kind?.[1] !== "F"];
      const wire = { source: rows[source], target: row, fromEnd, toStart, critical: !!critical };
      for (const list of [found, row.before, wire.source.after]) list.push(wire);
    }
  }
  return found;
}

/** Where an element begins and how wide it is, in days. */
const placed = (element) => ["--s", "--w"].map((name) => Number(element.style.getPropertyValue(name)));

/** The first and the last day of what is drawn in a track: a diamond, a bar, or only what is promised. */
function ends(track) {
  const [at, wide] = placed(track.querySelector(".mp-tl-point, .mp-tl-bar") ?? track.firstElementChild);
  return [at, at + wide];
}

function marks(root) {
  const found = [...root.querySelectorAll(".mp-tl-mark")].map((element) => {
    const [at, wide] = placed(element);
    element.classList.remove("mp-bare");
    element.style.setProperty("--em", 18);
    return { element, at, wide };
  });
  for (const mark of found) mark.label = mark.element.lastElementChild.offsetWidth;
  return found;
}

/** Filters hide what has the name of an item; a track has none, and goes with the row it belongs to. */
export function hideTracks(root) {
  const names = root.querySelectorAll(".mp-tl-lane, .mp-tl-rows > li");
  root.querySelectorAll(".mp-tl-track").forEach((track, i) => (track.hidden = names[i].hidden));
}

/** Where filters have hidden all rows of a lane or a leaf, that is hidden, too. */
export function closeGaps({ leaves, byPart }) {
  for (const { element, lines, tracks } of leaves) {
    let seen = 0;
    for (let i = lines.length - 1, below = 0; i >= 0; i--) {
      const line = lines[i];
      if (byPart.has(line)) below += !line.hidden;
      else {
        line.hidden = tracks[i].hidden = !below;
        below = 0;
      }
      seen += !line.hidden;
    }
    element.style.setProperty("--h", seen);
    element.hidden = !seen;
  }
}
