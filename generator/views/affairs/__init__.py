"""What belongs together: contracts and projects from decision to result, and what holds now."""
