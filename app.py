"""The door: `python app.py` serves the portal and a worker; `app` is for WSGI servers."""

from __future__ import annotations

import sys

from jiedui.__main__ import main
from jiedui.factory import create_app

if __name__ == "__main__":
    sys.exit(main(["serve", "--worker", *sys.argv[1:]]))

app = create_app()
