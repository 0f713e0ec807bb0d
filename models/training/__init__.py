"""How the weights of the pipeline are made; never imported when Klubbat is used."""
