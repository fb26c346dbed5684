"""Write a fresh copy of each lesson into a folder: python hosting/write_lessons.py FOLDER.

The folder is what learners on a JupyterHub get by a link. Put it into a git repository of its own.
"""

import sys
from pathlib import Path

from playbook.errors import PlaybookError
from playbook.publish.hosting import write_lessons

if len(sys.argv) != 2:
    sys.exit("Name the folder for the lessons: python hosting/write_lessons.py FOLDER")
try:
    for written in write_lessons(Path(sys.argv[1])):
        print(written)
except PlaybookError as problem:
    sys.exit(str(problem))
