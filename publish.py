"""The entry point: python publish.py COMMAND --help."""

import gc
import signal

from generator.cli import main

# Nearly all that a build makes lives to its end; looking through it for garbage as often as Python
# does by itself would be a tenth of the time. Workers run this line too.
gc.set_threshold(50_000, 10, 10)

if __name__ == "__mp_main__":  # a worker: Ctrl+C ends it without a word, the build says one for all
    signal.signal(signal.SIGINT, signal.SIG_DFL)
if __name__ == "__main__":
    raise SystemExit(main())
