"""Training and prediction: the part that assignments on linear classifiers share, in one file of the student's."""

from ..table import CLASSIFIER, Region, Subject

_FILE = "cs231n/classifiers/linear_classifier.py"

REGIONS = {
    "train-sample": Region(_FILE, 5, {"train, batch": 3, "train, small data": 1, "train, seed": 1}),
    "train-update": Region(_FILE, 5, {"train, update": 3, "train, history": 1, "train, weights": 1}),
    "predict": Region(_FILE, 5, {"predict": 3}),
}
SUBJECT = Subject("LinearClassifier", _FILE, CLASSIFIER, tuple(REGIONS))
