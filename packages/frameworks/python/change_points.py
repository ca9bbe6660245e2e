"""
Says what Apache Otava finds in series of latencies.

    python change_points.py SERIES.json FOUND.json

SERIES.json holds lists of numbers. FOUND.json has for each of them: where its change points are, by Otava's windows with its usual
limits, and the split of its first window that Otava's energy statistic finds, with that statistic.
"""

import json
import sys

import numpy as np
from otava.analysis import compute_change_points
from otava.change_point_divisive.calculator import PairDistanceCalculator

WINDOW = 50


def found_in(series: list[float]) -> dict:
    points, _ = compute_change_points(list(series), window_len=WINDOW, max_pvalue=0.001, min_magnitude=0.0)
    window = np.asarray(series[:WINDOW], dtype=np.float64)
    split = PairDistanceCalculator(window).get_candidate_change_point(slice(0, len(window)))
    return {
        "changes": [int(point.index) for point in points],
        "split": {"at": int(split.index), "statistic": float(split.qhat)},
    }


def main(series: str, found: str) -> None:
    with open(series, encoding="utf-8") as file:
        lists = json.load(file)
    with open(found, "w", encoding="utf-8") as file:
        json.dump([found_in(one) for one in lists], file)


main(*sys.argv[1:])
