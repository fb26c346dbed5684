"""Set JupyterLab as on a learner's laptop, for all users of this Python's environment.

Run it once with the Python that users get: python hosting/write_settings.py
With --open-first FOLDER, JupyterLab opens on the first lesson in that folder.
"""

import sys
from pathlib import Path

from playbook.errors import PlaybookError
from playbook.publish.hub_settings import write_settings

arguments = sys.argv[1:]
if arguments and (len(arguments) != 2 or arguments[0] != "--open-first"):
    sys.exit("Use it so: python hosting/write_settings.py [--open-first FOLDER]")
try:
    for written in write_settings(Path(sys.prefix), arguments[1] if arguments else ""):
        print(written)
except PlaybookError as problem:
    sys.exit(str(problem))
