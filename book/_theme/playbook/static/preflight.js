// The check of a computer. It asks only this site, sends nothing and keeps nothing. Without it each
// part of the page says how to look for oneself.
"use strict";

const fromDisk = location.protocol === "file:";

function say(check, works, words) {
  const part = document.querySelector(`[data-check="${check}"]`);
  part.querySelector(".check-said").textContent = `${works ? "Works." : "Look here."} ${words}`;
  part.dataset.result = works ? "works" : "look";
}

function askFor(link, check, there, missing) {
  fetch(link.href, { method: "HEAD", cache: "no-store" })
    .then((answer) => (answer.ok ? say(check, true, there) : say(check, false, missing)))
    .catch(() => say(check, false, "The network did not let it through."));
}

function checkNow() {
  const styled = getComputedStyle(document.querySelector(".skip")).position === "absolute";
  say("open", styled, styled ? "The page came whole." : "The page came without its colors.");
  say("scripts", true, "Scripts run here, and so does search.");
  const file = document.querySelector("[data-check=download] a");
  // A page from the disk may not ask for other files; there the reader presses the link.
  if (!fromDisk) {
    askFor(file, "download",
      "The file is there. Press the link to see whether your browser saves it.",
      "The site does not have the file. Tell the person who put the site up.");
  }
  const lesson = document.querySelector("[data-check=live] a");
  if (!lesson) {
    return;
  }
  if (fromDisk) {
    say("live", false, "Live lessons need the site on the web. From this folder, you can read.");
  } else if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
    say("live", false, "This browser can't run Python. Try a newer one, or read.");
  } else {
    askFor(lesson, "live",
      "This browser can run Python, and the lesson is there. Open it once to be sure.",
      "The live part of the site is missing. Tell the person who put the site up.");
  }
}

const button = document.getElementById("check-now");
button.hidden = false;
button.addEventListener("click", checkNow);
