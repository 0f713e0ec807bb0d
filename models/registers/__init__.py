"""The registers: who met, who was there, who shall do what, what was decided."""
