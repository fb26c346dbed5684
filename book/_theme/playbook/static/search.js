/* Search over the index that Sphinx writes (searchindex.js calls Search.setIndex).
   Works from a folder too: nothing is fetched, nothing is stored. */
"use strict";

const Search = {
  setIndex(index) { Search.index = index; show(new URLSearchParams(location.search).get("q") || ""); },
};

function show(query) {
  const words = query.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word && !stopwords.includes(word));
  const status = document.getElementById("search-status");
  document.querySelectorAll("input[name=q]").forEach((input) => { input.value = query; });
  if (!words.length) {
    status.textContent = "Type a word in the box above, such as wait, median or privacy.";
    return;
  }
  const found = find(words);
  const pages = found.length === 1 ? "1 page" : `${found.length} pages`;
  status.textContent = found.length
    ? `${pages} with “${query}”.`
    : `No page has “${query}”. Try wait, median or privacy. Or look in the glossary, or below.`;
  document.getElementById("search-results").replaceChildren(...found.map(item));
}

function find(words) {
  const { terms, titleterms, titles, docnames, objects } = Search.index;
  const scores = new Map();
  const stemmer = new Stemmer();
  words.forEach((word, place) => {
    const stem = stemmer.stemWord(word);
    const of = new Map();
    const count = (pages, score) => [].concat(pages ?? []).forEach((page) => {
      of.set(page, Math.max(of.get(page) ?? 0, score));
    });
    for (const [table, score] of [[titleterms, 15], [terms, 5]]) {
      for (const form of new Set([stem, word])) if (Object.hasOwn(table, form)) count(table[form], score);
      if (word.length > 2) {
        for (const term of Object.keys(table)) if (term.startsWith(word)) count(table[term], score / 2);
      }
    }
    for (const group of Object.values(objects)) {
      for (const [page, , , , name] of group) if (name.toLowerCase().includes(word)) count(page, 8);
    }
    // A page counts only if it has every word of the query.
    for (const page of place ? scores.keys() : of.keys()) {
      if (of.has(page)) scores.set(page, (scores.get(page) ?? 0) + of.get(page));
      else scores.delete(page);
    }
  });
  return [...scores.entries()]
    .sort((a, b) => b[1] - a[1] || titles[a[0]].localeCompare(titles[b[0]]))
    .map(([page]) => ({ page: docnames[page], title: titles[page], parts: sections(page, words) }));
}

function sections(page, words) {
  const hits = [];
  for (const [title, places] of Object.entries(Search.index.alltitles)) {
    const text = title.toLowerCase();
    for (const [where, anchor] of places) {
      if (where === page && anchor && words.some((word) => text.includes(word))) hits.push({ title, anchor });
    }
  }
  return hits.slice(0, 3);
}

function item({ page, title, parts }) {
  const address = `${document.documentElement.dataset.content_root}${page}.html`;
  const line = document.createElement("li");
  line.append(link(address, title));
  if (parts.length) {
    const more = document.createElement("p");
    parts.forEach((part, place) => more.append(place ? " · " : "", link(`${address}#${part.anchor}`, part.title)));
    line.append(more);
  }
  return line;
}

function link(address, text) {
  const element = document.createElement("a");
  element.href = address;
  // Titles in the index are HTML; a reader wants their words.
  element.textContent = new DOMParser().parseFromString(text, "text/html").body.textContent;
  return element;
}
