"""Is anything to be looked at? What rules find in what a village has published."""
