// The bar above a live lesson: shows what is on its way, says what to do when it is not, and looks
// after the learner's work. Everything comes from this site; work is kept in this browser only.
"use strict";

(() => {
  const part = (name) => document.getElementById(`live-${name}`);
  const bar = part("bar"), progress = part("progress");
  const root = new URL("..", location.href);
  const wanted = new URLSearchParams(location.search).get("path") || "";
  const utils = document.currentScript.dataset.configUtils;
  const KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel";
  let trouble = false;

  const say = (text) => { if (!trouble) { part("status").textContent = text; } };

  function stop(text) {
    say(text);
    trouble = true;
    progress.hidden = true;
    part("help").hidden = false;
  }

  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--live-bar-height", `${bar.offsetHeight}px`);
    window.dispatchEvent(new Event("resize"));
  }).observe(bar);

  // -- what is on its way

  async function bring(files) {
    const all = files.reduce((sum, [, bytes]) => sum + bytes, 0);
    let arrived = 0;
    progress.max = all;
    const show = () => {
      progress.value = arrived;
      say(`Bringing Python to this page: ${(arrived / 1e6).toFixed(0)} of ${(all / 1e6).toFixed(0)} MB.`);
    };
    show();
    await Promise.all(files.map(async ([name, bytes]) => {
      const answer = await fetch(new URL(`pyodide/${name}`, root), { priority: "low" });
      if (!answer.ok) { throw new Error(name); }
      let own = 0;
      for (const reader = answer.body.getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) { break; }
        own += value.length;
        arrived += value.length;
        show();
      }
      arrived += bytes - own;
    }));
  }

  // The page's settings are put together by JupyterLite, which then starts the notebook. In between,
  // what this lesson needs is added: a lesson that needs scipy brings it, the others don't wait for it.
  function addPackages(extra) {
    const script = document.getElementById("jupyter-config-data");
    new MutationObserver((_, observer) => {
      observer.disconnect();
      const settings = JSON.parse(script.textContent);
      settings.litePluginSettings[KERNEL].loadPyodideOptions.packages.push(...extra);
      script.textContent = JSON.stringify(settings);
    }).observe(script, { childList: true });
  }

  // -- the notebook

  async function until(ready) {
    for (;;) {
      const found = ready();
      if (found) { return found; }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function pythonIsReady(panel) {
    await panel.sessionContext.ready;
    const kernel = await until(() => panel.sessionContext.session && panel.sessionContext.session.kernel);
    const code = '__import__("playbook.learn.live_page", fromlist=["get_ready"]).get_ready()';
    await kernel.requestExecute({ code, silent: true, store_history: false }).done;
  }

  // -- the learner's work

  // 2026-11-22 140355, in this computer's time.
  const stamp = () => new Date().toLocaleString("sv").replace(/:/g, "");

  async function listed(contents, folder) {
    try {
      return (await contents.get(folder, { content: true })).content;
    } catch {
      return [];
    }
  }

  async function download(contents, path) {
    const file = await contents.get(path, { content: true });
    let data = file.content;
    if (file.type === "notebook" || file.format === "json") {
      data = JSON.stringify(file.content, null, 1);
    } else if (file.format === "base64") {
      data = Uint8Array.from(atob(file.content), (one) => one.charCodeAt(0));
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data]));
    link.download = path.split("/").pop();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function startFresh(panel, contents) {
    await panel.context.save();
    const { content } = await contents.get(wanted, { content: true });
    const kept = `older/${wanted.replace(/\.ipynb$/, "")} ${stamp()}.ipynb`;
    await contents.save(kept, { type: "notebook", format: "json", content });
    // Without the copy in the browser the lesson's own file is shown again.
    await contents.delete(wanted);
    panel.context.model.dirty = false;
    location.reload();
  }

  const element = (name, text, more = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, more);

  function button(label, name, action) {
    const made = element("button", label, { type: "button", onclick: action });
    made.setAttribute("aria-label", `${label}: ${name}`);
    return made;
  }

  function row(name, ...buttons) {
    const line = element("li", name);
    line.append(...buttons);
    return line;
  }

  async function showWork(panel, contents, lesson) {
    const list = element("ul", "");
    if (wanted === lesson.file) {
      const save = button("Download", "this lesson", async () => {
        await panel.context.save();
        await download(contents, wanted);
      });
      const fresh = button("Start fresh", "this lesson; your copy is kept", () => startFresh(panel, contents));
      list.append(row(`This lesson, version ${lesson.version}`, save, fresh));
    }
    const copies = (await listed(contents, "")).filter((one) =>
      one.type === "notebook" && one.name.startsWith(`${lesson.id}-`) && one.path !== lesson.file);
    for (const one of [...copies, ...await listed(contents, "older"), ...await listed(contents, "my-work")]) {
      if (one.type !== "directory") {
        list.append(row(one.path, button("Download", one.path, () => download(contents, one.path))));
      }
    }
    const kept = navigator.serviceWorker && navigator.serviceWorker.controller
      ? "Your work is kept in this browser, on this computer. It goes when the browser's data is cleared. Download what you want to keep."
      : "This window keeps nothing once it is closed. Download what you want to keep.";
    const again = element("button", "Look again", {
      type: "button", onclick: () => showWork(panel, contents, lesson) });
    part("list").replaceChildren(element("p", kept), list, again);
  }

  // A copy of an older version stays what it is, and says so: the page never shows it as the lesson.
  function tellOfVersion(lesson, copies) {
    const link = element("a", `Open version ${lesson.version}`, { href: `?path=${encodeURIComponent(lesson.file)}` });
    if (wanted !== lesson.file) {
      part("version").replaceChildren(
        `This is your saved copy of an older version. The lesson is now version ${lesson.version}. `, link, ".");
    } else if (copies.length) {
      part("version").replaceChildren(
        "You have saved work on an older version of this lesson. It is kept: open My work.");
    }
    part("version").hidden = wanted === lesson.file && !copies.length;
  }

  async function open(lesson) {
    const app = await until(() => window.jupyterapp);
    await app.restored;
    const panel = await until(() => app.shell.currentWidget && app.shell.currentWidget.context && app.shell.currentWidget);
    await panel.context.ready;
    const contents = app.serviceManager.contents;
    tellOfVersion(lesson, (await listed(contents, "")).filter((one) =>
      one.name.startsWith(`${lesson.id}-`) && one.path !== lesson.file));
    const work = part("work");
    work.hidden = false;
    work.addEventListener("toggle", () => { if (work.open) { showWork(panel, contents, lesson); } });
    await pythonIsReady(panel);
    progress.hidden = true;
    part("help").hidden = true;
    say("Ready. Choose Run, then Run All Cells. Or click a gray box, hold Shift and press Enter.");
    bar.dataset.ready = "true";
  }

  async function main() {
    if (location.protocol === "file:") {
      stop("A live lesson needs a web server: on your disk, type playbook preview. Or read the lesson.");
      return;
    }
    const about = await (await fetch(new URL("live.json", root))).json();
    const known = about.lessons.find((one) => one.file === wanted)
      || about.lessons.find((one) => wanted.startsWith(`${one.id}-`));
    if (!known) {
      location.replace(root);
      return;
    }
    document.title = `${known.name} · live`;
    part("title").textContent = `${known.name}, version ${known.version}`;
    for (const name of ["read", "book"]) { part(name).href = new URL(known.page, root).href; }
    addPackages(known.extra);
    const names = [...about.runtime, ...known.files];
    const brought = bring(names.map((name) => [name, about.bytes[name]]));
    brought.then(() => say("Python is here and starts now. You can read already."));
    await Promise.all([brought, import(new URL(utils, location.href)).then(() => open(known))]);
  }

  main().catch((problem) => {
    console.warn(problem);
    stop("A part of the live lesson did not arrive. Your network may block it.");
  });
})();
