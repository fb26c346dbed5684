// The Print button of a lesson page. Without JavaScript it stays away; the browser's menu prints too.
"use strict";
for (const button of document.querySelectorAll(".print-page")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
