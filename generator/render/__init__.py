"""Views become files. Renderers decide form, never facts; they do not write, or import each other."""
