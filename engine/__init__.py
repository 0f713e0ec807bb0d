"""What answers: hybrid ranking, answers with citations, evaluation."""
