// Lays each colour over those behind it, by its alpha, down to the page, and gives for each kind of element in a view
// the least ratio of contrast as a share of what it needs (WCAG 2.2, 1.4.3 and the definition of relative luminance).
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const seen = (written) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = written;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], a: a / 255 };
  };
  const over = (top, below) => top.rgb.map((v, i) => v * top.a + below[i] * (1 - top.a));
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.unshift(seen(getComputedStyle(e).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = {};
  for (const e of document.querySelectorAll(".mp, .mp *")) {
    const isText = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!isText || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(e);
    const below = behind(e);
    const ink = seen(e instanceof SVGElement ? style.fill : style.color);
    const [high, low] = [luminance(over(ink, below)), luminance(below)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 600);
    const share = (high + 0.05) / (low + 0.05) / (isLarge ? 3 : 4.5);
    const key = `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className}`;
    found[key] = Math.min(found[key] ?? 99, share);
  }
  return found;
}
