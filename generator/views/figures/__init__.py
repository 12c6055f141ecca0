"""What a record says in numbers: sentences, comparisons, proofs, sums for pictures."""
