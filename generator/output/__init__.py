"""Output files, manifests, and the only code that writes the site."""
