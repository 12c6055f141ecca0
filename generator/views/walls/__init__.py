"""What hangs on which board, what is new there, and what comes down."""
