// What a layout can get wrong, each as a list of what is wrong on the page. Only what Milepost made is looked at.
({
  all: (selector = "*") => [...document.querySelectorAll(`.mp ${selector}`)].filter((e) => e.checkVisibility({ visibilityProperty: true })),

  name(e) {
    const classes = e.getAttribute("class");
    return `${e.localName}${classes ? `.${classes.trim().replaceAll(/\s+/g, ".")}` : ""} “${e.textContent.trim().slice(0, 40)}”`;
  },

  // The ancestors that clip an element, as Milepost's own and up to the page.
  *clips(e) {
    for (let a = e.parentElement; a; a = a.parentElement) if (getComputedStyle(a).overflowX !== "visible" && a !== document.body && a !== document.documentElement) yield a;
  },

  // Its own ancestors and it, with their styles.
  *around(e) {
    for (let a = e; a; a = a.parentElement) yield getComputedStyle(a);
  },

  // Read aloud only.
  isUnseen(e) {
    return [...this.around(e)].some((style) => style.clipPath === "inset(50%)");
  },

  // In a layer of its own, above what it covers: a menu, or what sticks while the rest scrolls.
  isAbove(e) {
    return [...this.around(e)].some(({ position, zIndex }) => ["sticky", "fixed"].includes(position) || (position === "absolute" && zIndex > 0));
  },

  // The page scrolls sideways, or something is cut off at its edge. A region may scroll in itself (WCAG 2.2, 1.4.10).
  sideways() {
    const room = document.documentElement.clientWidth;
    const widest = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
    const faults = widest > room ? [`the page is ${widest} px wide`] : [];
    for (const e of this.all()) {
      const { left, right, width } = e.getBoundingClientRect();
      if (width && (right > room + 1 || left < -1) && !this.isUnseen(e) && this.clips(e).next().done) {
        faults.push(`${this.name(e)} from ${Math.round(left)} to ${Math.round(right)}`);
      }
    }
    return faults;
  },

  // Text that its box cuts off for good: neither scrolled to nor told to be cut by an ellipsis.
  cut() {
    return this.all().filter((e) => {
      const style = getComputedStyle(e);
      const isCut = style.overflowX === "hidden" || style.overflowX === "clip";
      return isCut && style.textOverflow !== "ellipsis" && e.textContent.trim() && !this.isUnseen(e) && e.scrollWidth > e.clientWidth + 1;
    }).map(this.name);
  },

  // Texts that lie on one another.
  overlaps() {
    const seen = [];
    const walker = document.createTreeWalker(document.querySelector(".md-content") ?? document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const e = node.parentElement;
      if (!node.data.trim() || !e.closest(".mp") || this.isUnseen(e) || this.isAbove(e) || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const clips = [...this.clips(e)].map((a) => a.getBoundingClientRect());
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const left = Math.max(box.left, ...clips.map((c) => c.left)), right = Math.min(box.right, ...clips.map((c) => c.right));
        const top = Math.max(box.top, ...clips.map((c) => c.top)), bottom = Math.min(box.bottom, ...clips.map((c) => c.bottom));
        if (right - left > 1 && bottom - top > 1) seen.push({ node, left, right, top, bottom });
      }
    }
    seen.sort((a, b) => a.top - b.top);
    const faults = [];
    seen.forEach((a, i) => {
      for (let j = i + 1; j < seen.length && seen[j].top < a.bottom; j++) {
        const b = seen[j];
        if (a.node === b.node) continue;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - b.top;
        if (wide > 2 && high > 0.35 * Math.min(a.bottom - a.top, b.bottom - b.top)) {
          faults.push(`“${a.node.data.trim().slice(0, 40)}” and “${b.node.data.trim().slice(0, 40)}”`);
        }
      }
    });
    return faults;
  },

  // Words that go on in the next line, unless they are longer than any should be; also in the names that a style sheet puts before values.
  broken() {
    const [faults, ruler, range] = [[], document.createElement("canvas").getContext("2d"), document.createRange()];
    const walker = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement: e } = walker.currentNode;
      if (!e.closest(".mp") || this.isUnseen(e) || !e.checkVisibility()) continue;
      for (const { 0: word, index } of data.matchAll(/[\p{L}\p{M}]+/gu)) {
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + word.length);
        if (word.length < 25 && new Set([...range.getClientRects()].map((box) => box.top)).size > 1) faults.push(`“${word}” in ${this.name(e)}`);
      }
    }
    for (const e of this.all("[data-label]")) {
      const { content, font, width } = getComputedStyle(e, "::before");
      ruler.font = font;
      const words = content === "none" ? [] : e.dataset.label.split(" ");
      faults.push(...words.filter((word) => ruler.measureText(word).width > parseFloat(width) + 1).map((word) => `“${word}” before ${this.name(e)}`));
    }
    return faults;
  },

  // Headings that skip a level; the page's own first heading is the first.
  headings() {
    const found = [...document.querySelectorAll(".md-content :is(h1, h2, h3, h4, h5, h6)")].filter((e) => e.checkVisibility());
    return found.filter((e, i) => Number(e.localName[1]) > (i ? Number(found[i - 1].localName[1]) + 1 : 1)).map(this.name);
  },

  // Regions without a name, or two of the same.
  regions() {
    const found = this.all(":is(nav, form, aside, [role=region], [role=group], [role=search], [tabindex='0']:not(a, button, input, summary))");
    const named = found.map((e) => {
      const ids = (e.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
      const text = ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
      return [e, e.getAttribute("aria-label")?.trim() || text];
    });
    const faults = named.filter(([e, text]) => !text || (e.hasAttribute("tabindex") && !e.hasAttribute("role")));
    const twice = named.filter(([e, text], i) => named.findIndex(([f, t]) => t === text && f.getAttribute("role") === e.getAttribute("role") && f.localName === e.localName) !== i);
    return [...faults.map(([e]) => `without a name or role: ${this.name(e)}`), ...twice.map(([, text]) => `twice: ${text}`)];
  },

  // What lets the order of focus differ from that of reading.
  order() {
    return this.all().filter((e) => {
      const style = getComputedStyle(e);
      return e.tabIndex > 0 || style.order !== "0" || style.flexDirection.endsWith("reverse") || style.flexWrap === "wrap-reverse" || style.gridAutoFlow.includes("dense");
    }).map(this.name);
  },

  // What can have the focus and doesn't show it: an outline or shadow, on it or a part of it, that isn't there without.
  focus() {
    const kinds = new Map();
    for (const e of this.all(":is(a[href], button, input, select, textarea, summary, [tabindex='0'])")) {
      const kind = `${e.localName} ${e.className?.baseVal ?? e.className} in ${e.parentElement.className}`;
      if (!kinds.has(kind)) kinds.set(kind, e);
    }
    const shown = (e) => [e, ...e.querySelectorAll("*")].slice(0, 20).flatMap((part) => [null, "::before", "::after"].map((pseudo) => {
      const style = getComputedStyle(part, pseudo);
      const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1 ? "" : `${style.outlineColor} ${style.outlineWidth}`;
      return `${outline}|${style.boxShadow}|${style.stroke} ${style.strokeWidth}`;
    })).join();
    const faults = [];
    for (const e of kinds.values()) {
      document.activeElement?.blur?.();
      const before = shown(e);
      e.focus({ focusVisible: true, preventScroll: true });
      if (document.activeElement !== e) faults.push(`can't have it: ${this.name(e)}`);
      else if (shown(e) === before) faults.push(this.name(e));
    }
    document.activeElement?.blur?.();
    return faults;
  },

  // What moves or fades.
  motion() {
    const long = (times) => times.split(",").some((time) => parseFloat(time) > 0);
    return this.all().filter((e) => [null, "::before", "::after"].some((pseudo) => {
      const style = getComputedStyle(e, pseudo);
      return (style.animationName !== "none" && long(style.animationDuration)) || (style.transitionProperty !== "none" && long(style.transitionDuration)) || style.scrollBehavior === "smooth";
    })).map(this.name);
  },
})
