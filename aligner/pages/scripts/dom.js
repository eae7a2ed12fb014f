"use strict";
// Elements from strings. Whatever comes from a document goes through `make` or `visible` and stays text.
const dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
  const CONTROLS = new RegExp(`(${CONTROL.source})`);

  function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  // An element with attributes and children (elements, strings, null for none).
  const make = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);
  const draw = (tag, attributes = {}, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

  // Text in which invisible controls are seen and cannot act, as in markup.py: a list of strings and elements.
  function visible(text) {
    return text.split(CONTROLS).map((part) => (CONTROL.test(part) && part.length === 1 ? control(part) : part));
  }

  function control(character) {
    const code = character.charCodeAt(0);
    const kept = code >= 0xa0 ? character : code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
    return make("bdi", { class: "control", "data-code": `U+${code.toString(16).toUpperCase().padStart(4, "0")}` }, kept);
  }

  const percent = (share) => `${Math.min(Math.floor(share * 100 + 0.5), share < 1 ? 99 : 100)}%`;
  const grouped = (number) => number.toLocaleString("en");
  const counted = (number, noun) => `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The text nodes of an element that are not in elements that `skipped` selects.
  function leaves(element, skipped) {
    const test = (node) => (node.parentElement.closest(skipped) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, test);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  // A text for searching: plain letters, spaces and apostrophes, one character for one, so that a place found in it is a
  // place in the text.
  const plain = (c) => (/\s/.test(c) ? " " : c === "’" ? "'" : c.normalize("NFD")[0]);
  const fold = (text) => text.replace(/[^\x00-\x7f]/g, plain);

  // What the browser remembers for all pages of aligner; a private window remembers nothing.
  function remember(name, value) {
    try { localStorage.setItem(`aligner.${name}`, value); } catch { /* not remembered */ }
  }

  function remembered(name) {
    try { return localStorage.getItem(`aligner.${name}`); } catch { return null; }
  }

  // Light, dark, as the system: the next of them; its name.
  function nextTheme() {
    const { dataset } = document.documentElement;
    const name = { system: "light", light: "dark", dark: "system" }[dataset.theme ?? "system"];
    if (name === "system") delete dataset.theme; else dataset.theme = name;
    remember("theme", name);
    return name;
  }

  return {
    all, counted, draw, fold, grouped, leaves, make, nextTheme, one, percent, remember, remembered, visible,
  };
})();
