"""What a clerk does at the desk: look at a village's files, mend them, take workbooks in, print, publish.

Nothing here knows of browsers: `serving` asks. What needs content/ and the engine runs in a
process of its own that stays warm (`backroom`), so that the desk answers while a sheet is drawn.
All that is kept are files under villages/, written by `saving` or by the importer.
"""
