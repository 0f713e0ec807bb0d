"""Tables of Swedish words; the format is described in ``corpus/tables``."""
