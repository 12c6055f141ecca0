"""Mingbai: a folder per village becomes a public site and sheets for the notice board."""
