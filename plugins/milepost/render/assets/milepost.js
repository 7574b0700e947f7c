/* The one script of a page: it loads the module of each of our elements that the page holds, and no other. */

{
  const elements = ["filters", "roadmap", "timeline", "features"];

  /** Modules are loaded once; their elements come to life by themselves wherever they are put in later. */
  const load = () => {
    for (const name of elements) whenPlaced(document.querySelector(`mp-${name}`), () => import(`./${name}.js`));
    if (new URLSearchParams(location.search).has("present")) import("./present.js").then(({ present }) => present());
  };

  /** Once an element is laid out, or a part of it filtered out: a phone has no place for a timeline, but prints it. */
  const whenPlaced = (element, act) => {
    if (!element) return;
    const seen = new ResizeObserver(([{ contentRect }]) => {
      if (!contentRect.width) return;
      seen.disconnect();
      act();
    });
    seen.observe(element);
    element.closest(".mp").addEventListener("mp-filter", act, { once: true });
  };

  // Material tells of each page, also of one that its instant navigation puts in place of another.
  if (window.document$) document$.subscribe(load);
  else load();
}
