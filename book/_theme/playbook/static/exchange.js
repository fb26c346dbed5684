/* Filters of the solutions exchange. Without this file the page is the whole list.
   Nothing is fetched, nothing is stored. */
"use strict";

const form = document.getElementById("card-filters");
const cards = [...document.querySelectorAll(".exchange-cards > li")];

function filter() {
  const wanted = [...form.querySelectorAll("select")].map((list) => list.value).filter(Boolean);
  cards.forEach((card) => { card.hidden = !wanted.every((mark) => card.classList.contains(mark)); });
  const shown = cards.filter((card) => !card.hidden).length;
  document.getElementById("card-count").textContent = shown
    ? `${shown} of ${cards.length} cards`
    : "No card fits all of these. Set one list back to All. Or be the first: add your card.";
}

form.addEventListener("change", filter);
// The lists are set back after the event.
form.addEventListener("reset", () => setTimeout(filter));
form.hidden = false;
filter();
