"""What belongs together: contracts and projects from decision to result, and those that run now."""
