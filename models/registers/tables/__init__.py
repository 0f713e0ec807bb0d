"""Wordings of the registers, extendable without programming."""
