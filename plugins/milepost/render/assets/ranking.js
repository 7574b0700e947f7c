/** Ranks by other weights, as the build would give them: ties are ties, since what lies close is compared in whole
    numbers. A fraction is a pair of these. */

/** @typedef {[bigint, bigint]} Fraction */

/** @returns {Fraction} what “3”, “-3/20” or “1.5” is */
export function fraction(text) {
  const [whole, part = ""] = text.split(".");
  const [over, under = "1"] = whole.split("/");
  return [BigInt(over + part), BigInt(under) * 10n ** BigInt(part.length)];
}

export const float = ([over, under]) => Number(over) / Number(under);

/** @returns {Fraction} */
export const sum = (fractions) => fractions.reduce(([a, b], [c, d]) => [a * d + c * b, b * d], [0n, 1n]);

/** The value of a feature, and a fraction that orders as it does: it is to the power of `root`, by which weights of
    products are divided. A factor below 0 keeps its sign, one with the weight 0 counts for nothing. */
function worth({ isProduct, terms }, weights, root) {
  if (!isProduct) {
    const [over, under] = sum(terms.map(([a, b], i) => [a * weights[i][0], b * weights[i][1]]));
    const sign = over < 0n ? -1n : 1n;
    return { value: float([over, under]), exact: root === 1n ? [over, under] : [sign * (sign * over) ** root, under ** root] };
  }
  let [value, over, under] = [1, 1n, 1n];
  terms.forEach(([a, b], i) => {
    const power = (weights[i][0] * root) / weights[i][1];
    if (!power) return;
    const sign = a < 0n ? -1n : 1n;
    value *= Number(sign) * float([sign * a, b]) ** float(weights[i]);
    over *= sign * (sign * a) ** power;
    under *= b ** power;
  });
  return { value, exact: [over, under] };
}

/** Below 0 if `a` stands before `b`, 0 if they are equal. */
function order(a, b) {
  const lead = b.value - a.value;
  if (Math.abs(lead) > 1e-9 * Math.max(Math.abs(a.value), Math.abs(b.value))) return lead;
  const exact = b.exact[0] * a.exact[1] - a.exact[0] * b.exact[1];
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** The features by rank, ties (1, 2, 2, 4) in the order of their ids, each with its `rank` and `value`.
    @template {{id: string, isProduct: boolean, terms: Fraction[]}} F
    @param {F[]} features
    @param {Fraction[]} weights */
export function ranked(features, weights) {
  const root = features.some(({ isProduct }) => isProduct) ? weights.reduce((most, [, under]) => (under > most ? under : most), 1n) : 1n;
  const found = features.map((feature) => ({ ...feature, ...worth(feature, weights, root) }));
  found.sort((a, b) => order(a, b) || (a.id < b.id ? -1 : 1));
  found.forEach((feature, i) => {
    feature.rank = i && !order(found[i - 1], feature) ? found[i - 1].rank : i + 1;
  });
  return found;
}

/** How many of the first features fit above the cut line: until their sizes first pass the limit. */
export function fitting(features, limit) {
  let running = 0n;
  const first = features.findIndex(({ size }) => (running += size) > limit);
  return first < 0 ? features.length : first;
}
