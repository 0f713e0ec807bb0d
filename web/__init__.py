"""The browser pages and the HTTP API have their room here; the command line needs none of it."""
