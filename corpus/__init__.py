"""From files to paragraphs: readers per format, cleaning, structure and chunks."""
