"""The one table of the assignment's regions: what the student fills, where, and what it is worth."""

from typing import NamedTuple

__all__ = ["REGIONS", "Region"]


class Region(NamedTuple):
    """A place where the student writes.

    Attributes
    ----------
    file : str
        Relative to ``assignment1/``.
    points : int
        Out of 100.
    title : dict of str
        What to call it, by language (``en``, ``ko``).
    """

    file: str
    points: int
    title: dict


_SVM = "cs231n/classifiers/linear_svm.py"
_CLASSIFIER = "cs231n/classifiers/linear_classifier.py"
_NOTEBOOK = "svm.ipynb"

REGIONS = {
    "svm-naive-gradient": Region(_SVM, 20, {"en": "gradient with loops", "ko": "반복문으로 구한 기울기"}),
    "svm-vectorized-loss": Region(_SVM, 15, {"en": "loss without loops", "ko": "반복문 없는 손실"}),
    "svm-vectorized-gradient": Region(_SVM, 20, {"en": "gradient without loops", "ko": "반복문 없는 기울기"}),
    "train-sample": Region(_CLASSIFIER, 5, {"en": "drawing a batch", "ko": "배치 뽑기"}),
    "train-update": Region(_CLASSIFIER, 5, {"en": "step of gradient descent", "ko": "경사 하강 한 걸음"}),
    "predict": Region(_CLASSIFIER, 5, {"en": "prediction", "ko": "예측"}),
    "tune": Region(_NOTEBOOK, 10, {"en": "tuning on the validation set", "ko": "검증 집합으로 하는 튜닝"}),
    "inline-1": Region(_NOTEBOOK, 10, {"en": "inline question 1: kinks", "ko": "질문 1: 꺾인 점"}),
    "inline-2": Region(_NOTEBOOK, 10, {"en": "inline question 2: templates", "ko": "질문 2: 템플릿"}),
}
