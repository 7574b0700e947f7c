/* The one script of a page: it loads the module of each of our elements that the page holds, and no other. */

{
  const elements = ["filters", "roadmap", "timeline", "features"];

  /** Modules are loaded once; their elements come to life by themselves wherever they are put in later. */
  const load = () => {
    for (const name of elements) {
      const element = document.querySelector(`mp-${name}`);
      if (element) whenOfUse(element, () => import(`./${name}.js`));
    }
    if (new URLSearchParams(location.search).has("present")) import("./present.js").then(({ present }) => present());
  };

  /** A phone has no place for the timeline's chart, until it is turned; but prints it, without what is filtered out. */
  const whenOfUse = (element, act) => {
    if (element.localName !== "mp-timeline") return act();
    const seen = new ResizeObserver(([{ contentRect }]) => {
      if (!contentRect.width) return;
      seen.disconnect();
      act();
    });
    seen.observe(element);
    element.closest(".mp").addEventListener("mp-filter", act, { once: true });
  };

  const soon = () => setTimeout(load); // not in one go with the theme's script, which keeps a browser busy then

  // Material tells of each page, also of one that its instant navigation puts in place of another.
  if (window.document$) document$.subscribe(soon);
  else soon();
}
