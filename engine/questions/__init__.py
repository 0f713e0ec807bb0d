"""What a question asks for, how it is worded, whom it names and where it says to look."""
