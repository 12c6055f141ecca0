#!/bin/sh
# What a Mac runs on a double click. Programs that are started so do not know where Homebrew and
# python.org put theirs.
cd "$(dirname "$0")" || exit 1
PATH="$PATH:/opt/homebrew/bin:/usr/local/bin:/Library/Frameworks/Python.framework/Versions/Current/bin"
for python in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$python" tools/begin.py "$@"
    fi
done
cat tools/no-python.txt
exit 1
