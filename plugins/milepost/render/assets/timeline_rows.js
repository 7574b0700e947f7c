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
  return { rows, byPart, leaves: leavesOf(root), wires: wires(rows), marks: marks(root) };
}

/** @param {Element} root the element around the chart */
export function leavesOf(root) {
  return [...root.querySelectorAll(".mp-tl-leaf")].map((element) => {
    const lines = [...element.querySelectorAll(".mp-tl-lane, .mp-tl-rows > li")];
    const column = element.querySelector(".mp-tl-tracks");
    return { element, lines, column, tracks: column.children, drawing: element.querySelector("svg") };
  });
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

/** Where filters have hidden a row its track goes, and a lane or a leaf where they have hidden all its rows. */
export function closeGaps(leaves) {
  for (const { element, lines, tracks } of leaves) {
    let seen = 0;
    for (let i = lines.length - 1, below = 0; i >= 0; i--) {
      const line = lines[i];
      if (line.localName === "li") below += !line.hidden;
      else {
        line.hidden = !below;
        below = 0;
      }
      tracks[i].hidden = line.hidden;
      seen += !line.hidden;
    }
    element.style.setProperty("--h", seen);
    element.hidden = !seen;
  }
}
