/* The views as slides: each is laid out in columns of one size, and a slide is a column. `?present=3` is the third. */

const GAP = 40;
const make = (name, properties) => Object.assign(document.createElement(name), properties);

/** A view as its page holds it, without what needs a script, its links as they are from here. */
async function fetched([href, title]) {
  const url = new URL(href, location);
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const view = page.querySelector(".mp:not(.mp-banner)");
  for (const a of view.querySelectorAll("a[href]")) a.setAttribute("href", new URL(a.getAttribute("href"), url));
  for (const e of view.querySelectorAll("[hidden]")) e.remove();
  for (const e of view.querySelectorAll("*")) if (e.localName.startsWith("mp-")) e.replaceWith(...e.childNodes);
  return { url, title, view };
}

/** Shows the slides over the page, if it bears a deck and they aren't there yet. */
export async function present() {
  const deck = document.querySelector(".mp-deck")?.dataset, root = document.documentElement;
  if (!deck || document.querySelector(".mp-stage")) return;
  const words = JSON.parse(deck.words), before = document.activeElement, ending = new AbortController();
  const on = (name, act, options) => addEventListener(name, act, { signal: ending.signal, ...options });
  const button = (text, label, onclick) => make("button", { type: "button", textContent: text, title: label, ariaLabel: label, onclick });
  const stage = make("div", { className: "mp-stage", hidden: true, tabIndex: -1, role: "region", ariaLabel: words.slides });
  const slide = make("div", { className: "mp-slide md-typeset" }), pages = make("div", { className: "mp-pages" });
  const head = make("header"), foot = make("footer"), title = make("strong"), number = make("span", { ariaLive: "polite" });
  head.append(title, make("span", { textContent: deck.about }));
  slide.append(head, pages);
  foot.append(button("‹", words.back, () => go(at - 1)), number, button("›", words.on, () => go(at + 1)),
    button("□", words.full, full), button("×", words.leave, leave));
  const styled = new Promise((done) => {
    stage.append(make("link", { rel: "stylesheet", href: new URL("present.css", import.meta.url), onload: done, onerror: done }));
  });
  stage.append(slide, foot);
  let slides = [], at = 0, from;

  /** How many slides a view takes, once it is laid out. */
  const parts = ({ view }) => {
    if (view.parentNode !== pages) pages.replaceChildren(view);
    return Math.round((pages.scrollWidth + GAP) / (pages.clientWidth + GAP)) || 1;
  };
  function go(to) {
    at = Math.max(0, Math.min(to, slides.length - 1));
    const { view, part } = slides[at], url = new URL(location);
    parts(view);
    pages.scrollLeft = part * (pages.clientWidth + GAP) * (getComputedStyle(stage).direction === "rtl" ? -1 : 1);
    title.textContent = view.title;
    number.textContent = words.slide.replace("{slide}", at + 1).replace("{all}", slides.length);
    url.searchParams.set("present", at + 1);
    history.replaceState(history.state, "", url);
  }
  function close() {
    ending.abort();
    stage.remove();
    root.classList.remove("mp-presenting");
    before?.focus();
  }
  function leave() {
    const url = new URL(location), to = slides[at]?.view.url ?? url;
    close();
    url.searchParams.delete("present");
    if (to.pathname === url.pathname) history.replaceState(history.state, "", url);
    else location.assign(to);
  }
  function full() {
    (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()).catch(() => {});
  }
  const scale = () => stage.style.setProperty("--mp-scale", Math.min(innerWidth / 1280, innerHeight / 720));
  const steps = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, Home: -1e9, End: 1e9 };
  const keys = (event) => {
    const step = steps[event.key], act = { f: full, F: full, Escape: leave }[event.key];
    if ((!step && !act) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("button")) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the theme searches with F
    if (act) act();
    else if (slides.length) go(at + step);
  };
  document.body.prepend(stage); // first, so that what its pictures refer to by id is their own
  root.classList.add("mp-presenting");
  scale();
  on("resize", scale);
  on("popstate", close);
  on("keydown", keys, { capture: true });
  stage.onclick = (event) => event.target.closest("a") && close();
  on("touchstart", (event) => (from = event.touches[0].clientX));
  on("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - from;
    if (Math.abs(moved) > 50 && slides.length) go(at - Math.sign(moved));
  });

  const views = Promise.allSettled(JSON.parse(deck.pages).map(fetched));
  await styled;
  if (ending.signal.aborted) return;
  stage.hidden = false;
  stage.focus();
  const found = await views;
  if (ending.signal.aborted) return;
  slides = found.flatMap(({ value: view }) => (view ? Array.from({ length: parts(view) }, (_, part) => ({ view, part })) : []));
  if (!slides.length) return close();
  const wanted = parseInt(new URLSearchParams(location.search).get("present"), 10) - 1;
  go(wanted >= 0 ? wanted : Math.max(0, slides.findIndex(({ view }) => view.url.pathname === location.pathname)));
}
