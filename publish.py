"""The entry point: python publish.py COMMAND --help."""

import gc

from generator.cli import main

if __name__ == "__main__":
    # What the libraries brought along stays to the end: looking through it for garbage, again and
    # again, would be a fifth of a short command's time.
    gc.freeze()
    raise SystemExit(main())
