"""The entry point: python publish.py COMMAND --help."""

from generator.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
