"""The live ballot under load: a hall votes within a few seconds, on the real server."""
