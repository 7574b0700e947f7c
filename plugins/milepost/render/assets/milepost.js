/* The one script of a page: it loads the module of each of our elements that the page holds, and no other. */

{
  const elements = ["filters", "roadmap", "timeline", "features"];

  /** Modules are loaded once; their elements come to life by themselves wherever they are put in later. */
  const load = () => {
    for (const name of elements) if (document.querySelector(`mp-${name}`)) import(`./${name}.js`);
    if (new URLSearchParams(location.search).has("present")) import("./present.js").then(({ present }) => present());
  };

  load();
  window.document$?.subscribe(load); // Material's instant navigation replaces the content of a page without loading one
}
