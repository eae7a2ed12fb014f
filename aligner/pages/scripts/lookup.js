// Asks for pairs: the server, which has the whole corpus and its memories, or the file beside a page on disk.
// `lookup.with(settings)` gives a function from a question to an answer (see found.js); it throws an Error whose message
// is a sentence.
const lookup = (() => {
  const WORD = /[\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f]*/gu;
  const SPELLED = { œ: "oe", æ: "ae", ß: "ss", "ﬁ": "fi", "ﬂ": "fl" };
  const MISSING = "The file search.js is missing beside this page; `aligner run` writes it.";

  const fold = (word) =>
    word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[œæßﬁﬂ]/g, (sign) => SPELLED[sign]);
  const words = (text) => [...text.matchAll(WORD)].map(([word]) => fold(word));

  async function ask(server, question) {
    const form = Object.entries(question).filter(([, value]) => value);
    let response;
    try {
      response = await fetch(`${server.api}/~find?${new URLSearchParams(form)}`, {
        headers: { "X-Aligner-Token": server.token },
      });
    } catch {
      throw new Error("The server does not answer.");
    }
    const answer = await response.json();
    if (!response.ok) throw new Error(`${answer.error[0].toUpperCase()}${answer.error.slice(1)}.`);
    return answer;
  }

  // The places of the words of a text that match: an array of [first word, last word].
  function matches(have, wanted, match) {
    if (match === "words") {
      const places = have.flatMap((word, n) => (wanted.includes(word) ? [[n, n]] : []));
      return wanted.every((word) => have.includes(word)) ? places : [];
    }
    const fits = (word, n) =>
      (match === "prefix" && n === wanted.length - 1 ? word?.startsWith(wanted[n]) : word === wanted[n]);
    return have.flatMap((_, at) => (wanted.every((_word, n) => fits(have[at + n], n)) ? [[at, at + wanted.length - 1]] : []));
  }

  // Links are written as two characters each: how far on the source word is, and where its counterpart is from there.
  function links(code) {
    const pairs = [];
    let at = 0;
    for (let n = 0; n < code.length; n += 2) {
      at += code.charCodeAt(n) - 35;
      const away = code.charCodeAt(n + 1) - 35;
      pairs.push([at, at + (away % 2 ? -(away + 1) / 2 : away / 2)]);
    }
    return pairs;
  }

  // Search the pairs of the file: [document, locator, status, source, target, links].
  function fromFile(question) {
    if (typeof pairsToSearch === "undefined") throw new Error(MISSING);
    const { languages, documents, pairs } = pairsToSearch;
    const wanted = words(question.q);
    if (!wanted.length) throw new Error("There is no word in the query.");
    const hits = [];
    for (const pair of pairs) {
      const [number, locator, status, ...texts] = pair;
      pair.words ??= [words(texts[0]), words(texts[1])];
      const sides = pair.words.map((have, side) =>
        (question.in === "both" || question.in === languages[side] ? matches(have, wanted, question.match) : []));
      if ((question.status && question.status !== status) || !sides.some((places) => places.length)) continue;
      hits.push({ ...documents[number], kind: "document", locator, status, pair, sides });
    }
    const shown = hits.slice(0, question.limit).map(({ pair, sides, ...hit }) => ({ ...hit, ...spans(pair, sides) }));
    return { languages, hits: shown, total: hits.length, more: false, searched: pairs.length };
  }

  // Neighbours as one: [first, last] of each run of numbers.
  function runs(numbers) {
    const found = [];
    for (const number of numbers.sort((a, b) => a - b)) {
      if (found.at(-1)?.[1] === number - 1) found.at(-1)[1] = number;
      else found.push([number, number]);
    }
    return found;
  }

  // What is marked in both texts of a pair, in characters.
  function spans(pair, sides) {
    const places = [pair[3], pair[4]].map((text) => {
      const length = (part) => [...part].length;
      return [...text.matchAll(WORD)].map((found) => {
        const start = length(text.slice(0, found.index));
        return [start, start + length(found[0])];
      });
    });
    const inside = (side, word) => sides[side].some(([first, last]) => first <= word && word <= last);
    const sets = [new Set(), new Set()];
    for (const [s, t] of links(pair[5])) {
      if (inside(0, s) && !inside(1, t)) sets[1].add(t);
      if (inside(1, t) && !inside(0, s)) sets[0].add(s);
    }
    const stretch = (n) => ([first, last]) => [places[n][first][0], places[n][last][1]];
    const side = (n) => ({
      text: pair[3 + n], found: sides[n].map(stretch(n)), related: runs([...sets[n]]).map(stretch(n)),
    });
    return { source: side(0), target: side(1) };
  }

  return { with: (server) => (server ? (question) => ask(server, question) : async (question) => fromFile(question)) };
})();
