"""Views become files. Renderers format; they do not compute, write, or import each other."""
