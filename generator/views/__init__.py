"""Pure computations: records become views that say exactly what a page or sheet shows."""
