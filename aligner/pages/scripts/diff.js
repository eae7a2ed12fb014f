// What changed between two versions of a sentence, word by word.
//
//     old  The pays must defend a vision.        new  Countries must defend one vision.
//     -The pays-  +Countries+  must defend  -a-  +one+  vision.
//
// 1. Cut both texts into tokens, as aligner.text.subsequence does: words, numbers, single other characters. White space
//    is never matched by itself, so two unrelated words do not "agree" on the space between them.
// 2. Match a longest common subsequence of the tokens.
// 3. Everything between two matches is a hunk: a stretch of the old text replaced by a stretch of the new one.
// 4. Join hunks that only a short agreement separates: five changes around four little words are harder to read than one
//    (the semantic clean-up of Fraser, "Diff Strategies", 2006).
//
// The law: the equal and deleted parts joined are the old text, the equal and inserted parts the new one. The table of
// cases is tests/cases/diff.json. Start reading at `changes`.
const diff = (() => {
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const WORD = "(?:[\\p{L}\\p{N}][\\u0300-\\u036f]*)+";
  const TOKEN = new RegExp(`\\p{Nd}+(?:[.,:]\\p{Nd}+)+(?![\\p{L}\\p{N}_])|${WORD}(?:['’]${WORD})*|[^${SPACE}]`, "gu");
  const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
  const BLANK = new RegExp(`[${SPACE}]`, "u");
  const LIMIT = 25_000_000; // cells of one table; a longer middle counts as rewritten

  const length = (text) => [...text].length;
  const span = ({ 0: text, index }) => ({ text, from: index, to: index + text.length });
  const spans = (text) => [...text.matchAll(TOKEN)].map(span);

  // Pairs of indices of a longest common subsequence; ties are broken as in rapidfuzz (Hyyrö 2004, bits as a BigInt).
  function matches(old, now) {
    const pairs = [];
    let start = 0;
    let a = old.length;
    let b = now.length;
    while (start < a && start < b && old[start] === now[start]) pairs.push([start, start++]);
    while (a > start && b > start && old[a - 1] === now[b - 1]) pairs.push([--a, --b]);
    if ((a - start) * (b - start) <= LIMIT) {
      pairs.push(...byTable(old.slice(start, a), now.slice(start, b)).map(([i, j]) => [i + start, j + start]));
    }
    return pairs.sort((one, other) => one[0] - other[0]);
  }

  function byTable(old, now) {
    const all = (1n << BigInt(old.length)) - 1n;
    const where = new Map();
    old.forEach((token, i) => where.set(token, (where.get(token) ?? 0n) | (1n << BigInt(i))));
    let row = all;
    const rows = now.map((token) => {
      const step = row & (where.get(token) ?? 0n);
      return (row = ((row + step) | (row - step)) & all);
    });
    const level = (j, i) => ((rows[j] >> BigInt(i)) & 1n) === 1n; // no longer with token i than without it
    const pairs = [];
    let i = old.length;
    let j = now.length;
    while (i > 0 && j > 0) {
      if (level(j - 1, i - 1)) i -= 1;
      else if (--j > 0 && !level(j - 1, i - 1)) continue;
      else pairs.push([--i, j]);
    }
    return pairs;
  }

  // Stretches between matched tokens where the texts are not the same: [old from, old to, new from, new to].
  function hunks(old, now) {
    const [before, after] = [spans(old), spans(now)];
    const pairs = matches(before.map((span) => span.text), after.map((span) => span.text));
    const ends = pairs.map(([i, j]) => [before[i], after[j]]);
    ends.push([{ from: old.length, to: old.length }, { from: now.length, to: now.length }]);
    const found = [];
    let [a, c] = [0, 0];
    for (const [left, right] of ends) {
      const hunk = [a, left.from, c, right.from];
      if (old.slice(a, left.from) !== now.slice(c, right.from)) found.push(trimmed(hunk, old, now));
      [a, c] = [left.to, right.to];
    }
    return found;
  }

  function trimmed([a, b, c, d], old, now) {
    while (a < b && c < d && old[a] === now[c] && BLANK.test(old[a])) { a += 1; c += 1; }
    while (a < b && c < d && old[b - 1] === now[d - 1] && BLANK.test(old[b - 1])) { b -= 1; d -= 1; }
    return [a, b, c, d];
  }

  // Join neighbours when the agreement between them is no longer than either.
  function joined(list, old, now) {
    const size = ([a, b, c, d]) => Math.max(length(old.slice(a, b)), length(now.slice(c, d)));
    const stack = [];
    for (const hunk of list) {
      let last = hunk;
      while (stack.length) {
        const first = stack[stack.length - 1];
        const agreed = length(old.slice(first[1], last[0]).replace(ENDS, ""));
        if (agreed > Math.min(size(first), size(last))) break;
        stack.pop();
        last = [first[0], last[1], first[2], last[3]];
      }
      stack.push(last);
    }
    return stack;
  }

  // The changes in reading order: ["equal" | "delete" | "insert", text].
  function changes(old, now) {
    const found = [];
    let position = 0;
    for (const [a, b, c, d] of joined(hunks(old, now), old, now)) {
      found.push(["equal", old.slice(position, a)], ["delete", old.slice(a, b)], ["insert", now.slice(c, d)]);
      position = b;
    }
    found.push(["equal", old.slice(position)]);
    return found.filter(([, text]) => text);
  }

  // The share of both texts' characters that stayed, 0 to 1.
  function similarity(list) {
    const sum = { equal: 0, delete: 0, insert: 0 };
    for (const [kind, text] of list) sum[kind] += length(text);
    const total = 2 * sum.equal + sum.delete + sum.insert;
    return total ? (2 * sum.equal) / total : 1;
  }

  const marks = {
    equal: (text) => dom.visible(text),
    insert: (text) => dom.make("ins", {}, dom.visible(text)),
    delete: (text) => dom.make("del", {}, dom.visible(text)),
    number: (text) => dom.make("sup", { class: "n" }, text), // not a change: where a segment begins (row.js)
  };

  // Changes as strings and elements.
  const marked = (list) => list.flatMap(([kind, text]) => marks[kind](text));

  const tokens = (text) => spans(text).map((span) => span.text);

  return { changes, marked, similarity, tokens };
})();
