"""What is measured at the size of a county."""
