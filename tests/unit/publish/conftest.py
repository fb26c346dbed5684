"""What several files of this folder share stands beside them; put it on the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
