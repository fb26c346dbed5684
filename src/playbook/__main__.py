"""Start of the `playbook` command and of `python -m playbook`.

The check of Python stands before every other import: most modules do not load on an older one.
"""

import sys

from playbook.supported import python_problem


def main() -> None:
    """Run the command line, or say in one line that this Python can't."""
    problem = python_problem()
    if problem:
        print(problem, file=sys.stderr)
        raise SystemExit(3)
    from playbook.cli import run

    run()


if __name__ == "__main__":
    main()
