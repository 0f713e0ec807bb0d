"""Layout: words with their places on a page become text in reading order.

The words may come from the text of a PDF or from text recognition; what follows is the same:
``words`` puts them into lines, ``gutters`` finds the white strips between columns, ``regions``
says what such columns are (a table, labels with values, columns of prose, signatures), ``rows``
keeps a responsible person on the row of the point, and ``page`` writes the text.
"""
