"""The entry point: python publish.py COMMAND --help; `mingbai` where it was installed."""

import gc
import signal
import sys

from generator.cli import main

# Nearly all that a build makes lives to its end; looking through it for garbage as often as Python
# does by itself would be a tenth of the time. Workers run this line too.
gc.set_threshold(50_000, 10, 10)

processes = sys.modules.get("multiprocessing.process")  # not imported for this: it takes its time
if processes and processes.parent_process():  # a worker: Ctrl+C ends it without a word
    signal.signal(signal.SIGINT, signal.SIG_DFL)
if __name__ == "__main__":
    raise SystemExit(main())
