"""The only code that opens input files: bytes become records and problems, never exceptions."""
