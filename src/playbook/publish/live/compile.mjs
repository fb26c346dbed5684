// node compile.mjs RUNTIME FOLDER INFO: turn every .py below FOLDER into the bytecode of the Python in
// RUNTIME; INFO is what the list of packages says about it. The page's own Python does it, because bytecode fits one version only.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, folder] = process.argv.slice(2, 4).map((name) => resolve(name));
const lockFileContents = { info: JSON.parse(process.argv[4]), packages: {} };
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${runtime}/`, lockFileContents });
python.mountNodeFS("/work", folder);
python.runPython(`
import ast
import importlib._bootstrap_external as loader
import importlib.util
import sys
from pathlib import Path

# Where a file will stand in the page: pandas looks at it to leave its own lines out of a warning.
standard, site = (
    next(path for path in sys.path if path.endswith(end)) for end in (".zip", "site-packages")
)
# Long help texts that the page has no use for. These are projects that load without them; numpy,
# scipy and networkx build theirs while they load.
without_help = ("matplotlib-", "pandas-", "prompt_toolkit-", "pygments-", "python_stdlib")


def leave_out_help(tree):
    for part in ast.walk(tree):
        if isinstance(part, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            if ast.get_docstring(part, clean=False) is not None:
                # A block can't be empty; a module can, and must begin with "from __future__".
                part.body[:1] = [] if isinstance(part, ast.Module) else [ast.Pass()]
    return ast.fix_missing_locations(tree)


for source in Path("/work").rglob("*.py"):
    text = source.read_bytes()
    archive, *inside = source.relative_to("/work").parts
    place = standard if archive == "python_stdlib.zip" else site
    try:
        tree = ast.parse(text)
    except SyntaxError:
        # A template, or code for another Python: nobody imports it.
        continue
    if archive.startswith(without_help):
        tree = leave_out_help(tree)
    code = compile(tree, "/".join([place, *inside]), "exec", dont_inherit=True)
    # Tied to its source by a hash that nobody checks at load time: no dates, the same every time.
    data = loader._code_to_hash_pyc(code, importlib.util.source_hash(text), False)
    source.with_suffix(".pyc").write_bytes(data)
    source.unlink()
`);
