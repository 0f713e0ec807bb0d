"""Significance: how likely a difference at least as large would be if two runs were equally good.

Both runs answer the same questions, so each question is compared with itself. Yes or no measures are
tested by the exact McNemar test, graded ones by a sign-flip randomisation test. Neither assumes a
distribution, and both hold for a handful of questions. Small and self-contained, because nothing that
answers a question may import scipy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

EXACT_UP_TO = 12  # differences whose signs are all tried: 4096 ways
SAMPLES = 9_999  # ways tried of more differences: p is known to about 0.002 at 0.05
SEED = 20261126
_BATCH = 1_000  # ways held in memory at a time
_NOISE = 1e-9  # sums in another order differ by this much at most


def mcnemar(better: int, worse: int) -> float:
    """The two-sided p-value of the exact McNemar test.

    ``better`` questions went from no to yes and ``worse`` from yes to no; those that did not change
    say nothing. Under the null hypothesis ``better`` is binomial with one half, so p is twice the
    smaller tail, at most 1 (McNemar, 1947, "Note on the sampling error of the difference between
    correlated proportions", Psychometrika 12; the exact form after Fagerland, Lydersen & Laake,
    2013, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13).
    """
    changed = better + worse
    tail: int = sum(math.comb(changed, k) for k in range(min(better, worse) + 1))
    return min(1.0, 2 * tail / (1 << changed))


def sign_flips(differences: Sequence[float]) -> float:
    """The two-sided p-value of the paired randomisation test for a mean difference of zero.

    Under the null hypothesis each difference is as likely with either sign. p is the share of sign
    patterns whose sum is as far from zero as the sum found: all of them up to ``EXACT_UP_TO``
    differences, else ``SAMPLES`` random ones of a fixed seed and the found one (Fisher, 1935, "The
    Design of Experiments"; for rankings Smucker, Allan & Carterette, 2007, "A comparison of
    statistical significance tests for information retrieval evaluation", CIKM; the found one is
    counted after Phipson & Smyth, 2010, "Permutation p-values should never be zero").
    """
    import numpy as np

    changed = np.array([one for one in differences if abs(one) > _NOISE])
    if not changed.size:
        return 1.0
    found = abs(float(changed.sum())) - _NOISE
    if changed.size <= EXACT_UP_TO:
        patterns = np.arange(2**changed.size)[:, None] >> np.arange(changed.size) & 1
        return float(np.mean(np.abs((2 * patterns - 1) @ changed) >= found))
    generator = np.random.Generator(np.random.PCG64(SEED))
    as_far, left = 0, SAMPLES
    while left:
        size = min(left, _BATCH)
        signs = 2 * generator.integers(0, 2, (size, changed.size)) - 1
        as_far += int(np.sum(np.abs(signs @ changed) >= found))
        left -= size
    return (as_far + 1) / (SAMPLES + 1)
