"""Tables of wordings in questions; the format is described in ``corpus/tables``."""
