"""One API process with the settings of a JSON file: `python -m bench._serve FILE`."""

import json
import sys
from pathlib import Path

from api import server
from api.settings import Settings

if __name__ == "__main__":
    server.serve(Settings.load({}, json.loads(Path(sys.argv[1]).read_text())))
