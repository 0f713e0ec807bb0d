"""What the commands share: their options, the questions of a batch, the progress bar."""
