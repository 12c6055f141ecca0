"""Turns records into publications: the only room that decides what anyone may see."""
