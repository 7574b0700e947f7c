/* The one script of a page: it loads the module of each of our elements that the page holds, and no other. */

{
  const elements = ["filters", "roadmap", "timeline", "features"];

  /** Modules are loaded once; their elements come to life by themselves wherever they are put in later. */
  const load = () => {
    for (const name of elements) if (document.querySelector(`mp-${name}`)) import(`./${name}.js`);
    if (new URLSearchParams(location.search).has("present")) import("./present.js").then(({ present }) => present());
  };
  const soon = () => setTimeout(load); // not in one go with the theme's script, which keeps a browser busy then

  // Material tells of each page, also of one that its instant navigation puts in place of another.
  if (window.document$) document$.subscribe(soon);
  else soon();
}
