"""Dates of Swedish minutes, in running text and in file names."""

from __future__ import annotations

import pytest

from corpus.dates import date_in_name, dates_in


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("fredagen den 5 oktober 2031 kl. 9", "2031-10-05"),
        ("den 5:e okt. 2031", "2031-10-05"),
        ("5 October 2031", "2031-10-05"),
        ("2031-10-05", "2031-10-05"),
        ("2031.10.05", "2031-10-05"),
        ("5/10 2031", "2031-10-05"),
        ("31-10-05", "2031-10-05"),
        ("31 februari 2031", None),
        ("2031-13-05", None),
        ("TN-2031-00012", None),
        ("tel. 023-12 34 56", None),
        ("", None),
    ],
)
def test_dates_in_text(text: str, iso: str | None) -> None:
    found = list(dates_in(text))
    assert [f.iso for f in found] == ([iso] if iso else [])
    assert all(0 <= f.start < f.end <= len(text) for f in found)


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("protokoll-2031-03-04", "2031-03-04"),
        ("protokoll_2031_03_04", "2031-03-04"),
        ("protokoll_20310304-sign", "2031-03-04"),
        ("styrelsemote_310304", "2031-03-04"),
        ("protokoll-2031", None),
        ("bilaga-123456", None),
    ],
)
def test_dates_in_file_names(name: str, iso: str | None) -> None:
    assert date_in_name(name) == iso
