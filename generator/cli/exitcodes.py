"""Exit codes that scripts may rely on."""

ALL_WELL = 0
PROBLEMS_FOUND = 1  # what was sound is published all the same
COULD_NOT_RUN = 2
INTERRUPTED = 130  # by Ctrl+C, as shells say it
