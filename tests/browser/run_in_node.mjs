// node run_in_node.mjs JOB: run notebooks in the page's own Python, without a browser. JOB is a JSON
// file: {pyodide, packages, notebooks: [paths], results: path}. What each cell shows is written to
// `results`, and which modules each notebook has loaded.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const folder = resolve(job.pyodide);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${folder}/`, packages: job.packages });

// The notebook page's own kernel, with its messages kept instead of sent.
python.runPython(`
import json, os, sys
import pyodide_kernel
os.makedirs("/tmp/work"); os.chdir("/tmp/work")
kernel, shell = pyodide_kernel.kernel_instance, pyodide_kernel.ipython_shell
kernel._parent_header = {}
shell.send_comm = lambda *arguments: None
seen = []
pyodide_kernel.stdout_stream.publish_stream_callback = lambda name, text: seen.append(text)
pyodide_kernel.stderr_stream.publish_stream_callback = lambda name, text: seen.append(text)
shell.display_pub.display_data_callback = lambda data, *_: seen.append(data.get("text/plain", ""))
shell.display_pub.update_display_data_callback = lambda *_: None
shell.display_pub.clear_output_callback = lambda *_: None
shell.displayhook.publish_execution_result = lambda count, data, *_: seen.append(data.get("text/plain", ""))

async def run(cell):
    seen.clear()
    told = await kernel.run(cell)
    return json.dumps({"status": told["status"], "error": str(told.get("evalue", "")), "text": list(seen)})
`);
const run = python.globals.get("run");
const results = [];
for (const path of job.notebooks) {
  python.runPython("shell.reset(new_session=False)");
  const cells = [];
  for (const cell of JSON.parse(readFileSync(path, "utf8")).cells) {
    if (cell.cell_type !== "code") { continue; }
    const source = Array.isArray(cell.source) ? cell.source.join("") : cell.source;
    cells.push({ id: cell.id, ...JSON.parse(await run(source)) });
  }
  const modules = JSON.parse(python.runPython("json.dumps(sorted({name.split('.')[0] for name in sys.modules}))"));
  results.push({ path, cells, modules });
}
writeFileSync(job.results, JSON.stringify(results));
process.exit(0);
