"""``python -m rashomon`` is the command ``rashomon``."""

import sys

from rashomon.show.cli import main

if __name__ == "__main__":  # worker processes import this module again: they must not start the command
    sys.exit(main())
