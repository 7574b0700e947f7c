/* The one script of every page: it loads the module of each of our elements that the page holds, and no other; and it
   sees to the theme's drawer. */

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

  /** Material's drawer opens by a label, which a keyboard doesn't reach and a screen reader has no name for. */
  setTimeout(() => {
    const label = document.querySelector(".md-header [for=__drawer]");
    const toggle = label?.control;
    if (!toggle) return;
    const nav = () => document.querySelector(".md-nav--primary"); // another one on each page
    const button = document.createElement("button");
    for (const { name, value } of label.attributes) button.setAttribute(name, value);
    button.ariaLabel = nav().ariaLabel;
    button.append(...label.childNodes);
    label.replaceWith(button);
    button.addEventListener("click", () => {
      toggle.click();
      nav().tabIndex = -1;
      nav().focus();
    });
    addEventListener("keydown", ({ key }) => key === "Escape" && toggle.checked && button.focus());
    addEventListener("focusin", ({ target }) => {
      if (toggle.checked && !nav().contains(target)) toggle.click(); // it would cover what has the focus
    });
  });

  // Material tells of each page, also of one that its instant navigation puts in place of another.
  if (window.document$) document$.subscribe(soon);
  else soon();
}
