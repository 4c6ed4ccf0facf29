"""The one table of the assignment's regions: what the student fills, where, what it is worth, and what helps."""

from typing import NamedTuple

__all__ = ["REGIONS", "Region"]


class Region(NamedTuple):
    """A place where the student writes.

    Attributes
    ----------
    file : str
        Relative to ``assignment1/``.
    points : int
        Out of 100; 0 for practice.
    title : dict of str
        What to call it, by language (``en``, ``ko``).
    hints : tuple of (str, str)
        Three rungs, each in English and Korean: what to think about; the array and its shape; the formula in words.
    """

    file: str
    points: int
    title: dict
    hints: tuple


_SVM = "cs231n/classifiers/linear_svm.py"
_CLASSIFIER = "cs231n/classifiers/linear_classifier.py"
_NOTEBOOK = "svm.ipynb"

REGIONS = {
    "svm-naive-gradient": Region(
        _SVM,
        20,
        {"en": "gradient with loops", "ko": "반복문으로 구한 기울기"},
        (
            (
                "Take one margin that is positive. Which columns of W does it depend on, and does it grow or shrink with each?",
                "양수인 마진 하나를 보세요. 이 마진은 W의 어느 열에 달려 있고, 각 열이 커지면 마진은 커집니까 작아집니까?",
            ),
            (
                "Begin with zeros of shape (D, C). Each positive margin touches two columns: that of the class that violates "
                "it and that of the correct class. Sample i has shape (D,), as such a column has.",
                "shape (D, C)의 0에서 시작하세요. 양수인 마진마다 두 열을 건드립니다. 마진을 어긴 클래스의 열과 정답 클래스의 열입니다. "
                "샘플 i의 shape은 열과 같은 (D,)입니다.",
            ),
            (
                "For each positive margin the sample is added to the column of its class and subtracted from the column of the "
                "correct class. Then the mean over the samples, and last the derivative of the regularizer, which is twice "
                "its strength times the weights.",
                "양수인 마진마다 샘플을 그 클래스의 열에 더하고 정답 클래스의 열에서 뺍니다. 그다음 샘플 수로 나누어 평균을 내고, "
                "마지막으로 정규화 항의 도함수, 곧 정규화 강도의 두 배에 가중치를 곱한 값을 더합니다.",
            ),
        ),
    ),
    "svm-vectorized-loss": Region(
        _SVM,
        15,
        {"en": "loss without loops", "ko": "반복문 없는 손실"},
        (
            (
                "What in a margin depends on the sample only, and what on the sample and the class?",
                "마진에서 샘플에만 달린 것은 무엇이고, 샘플과 클래스 둘 다에 달린 것은 무엇입니까?",
            ),
            (
                "All scores form an array of shape (N, C), the correct scores one of shape (N, 1), so that it is subtracted from "
                "whole rows. One entry in each row of the margins does not belong to the sum.",
                "모든 점수는 shape (N, C)의 배열이고, 정답 점수는 각 행 전체에서 빠지도록 shape (N, 1)로 둡니다. "
                "마진의 각 행에서 한 원소는 합에 들어가지 않습니다.",
            ),
            (
                "The scores less the correct score of their row, plus one, cut off below at zero, the correct class's own entry "
                "set to zero; all of it summed, divided by the number of samples; plus the strength times the sum of the "
                "squared weights.",
                "점수에서 그 행의 정답 점수를 빼고 1을 더한 뒤 0 아래를 자르고, 정답 클래스 자리는 0으로 둡니다. 모두 더해 샘플 수로 "
                "나누고, 정규화 강도에 가중치 제곱의 합을 곱해 더합니다.",
            ),
        ),
    ),
    "svm-vectorized-gradient": Region(
        _SVM,
        20,
        {"en": "gradient without loops", "ko": "반복문 없는 기울기"},
        (
            (
                "How often does your loop add sample i to column j, and how often does it subtract it from the correct column? "
                "Write down these numbers for one sample.",
                "반복문에서 샘플 i를 열 j에 몇 번 더하고, 정답 열에서 몇 번 뺍니까? 샘플 하나에 대해 그 수들을 적어 보세요.",
            ),
            (
                "Put these numbers into an array of shape (N, C), one row a sample. Which product with X, of shape (N, D), has the "
                "gradient's shape (D, C)?",
                "그 수들을 한 샘플이 한 행인 shape (N, C)의 배열에 담으세요. shape (N, D)인 X와 어떻게 곱하면 기울기의 shape (D, C)가 됩니까?",
            ),
            (
                "One where a margin is positive, zero elsewhere, and at the correct class minus the number of ones in its row. The "
                "transposed samples times this array, divided by the number of samples, plus twice the strength times the "
                "weights.",
                "마진이 양수인 곳은 1, 나머지는 0, 정답 클래스 자리에는 그 행의 1의 개수에 음의 부호를 붙인 수. 샘플 행렬의 전치를 "
                "이 배열에 곱해 샘플 수로 나누고, 정규화 강도의 두 배에 가중치를 곱해 더합니다.",
            ),
        ),
    ),
    "train-sample": Region(
        _CLASSIFIER,
        5,
        {"en": "drawing a batch", "ko": "배치 뽑기"},
        (
            (
                "A sample and its label must stay together. What do they have in common?",
                "샘플과 레이블은 함께 있어야 합니다. 둘이 공유하는 것은 무엇입니까?",
            ),
            (
                "Draw an array of row numbers of shape (batch_size,), and index both arrays with it.",
                "shape (batch_size,)의 행 번호 배열을 뽑아 두 배열을 모두 그것으로 인덱싱하세요.",
            ),
            (
                "Row numbers from zero to N - 1, each as likely as any other, with replacement, from the generator that is given.",
                "0부터 N - 1까지의 행 번호를 같은 확률로, 복원 추출로, 주어진 생성기에서 뽑습니다.",
            ),
        ),
    ),
    "train-update": Region(
        _CLASSIFIER,
        5,
        {"en": "step of gradient descent", "ko": "경사 하강 한 걸음"},
        (
            (
                "The gradient points to where the loss grows fastest. Where do you want to go?",
                "기울기는 손실이 가장 빨리 커지는 방향입니다. 어느 쪽으로 가야 합니까?",
            ),
            (
                "The step has the shape of W, (D, C), and is added to W for you.",
                "걸음의 shape은 W와 같은 (D, C)이고, W에 더하는 일은 이미 되어 있습니다.",
            ),
            (
                "Minus the learning rate times the gradient.",
                "학습률에 기울기를 곱하고 음의 부호를 붙입니다.",
            ),
        ),
    ),
    "predict": Region(
        _CLASSIFIER,
        5,
        {"en": "prediction", "ko": "예측"},
        (
            (
                "What does the classifier say of one image, and how does a class follow from that?",
                "분류기는 이미지 하나에 대해 무엇을 내놓고, 거기서 클래스는 어떻게 정해집니까?",
            ),
            (
                "The scores have shape (N, C), the prediction has shape (N,) and holds integers.",
                "점수의 shape은 (N, C)이고, 예측은 shape (N,)의 정수입니다.",
            ),
            (
                "In each row of the scores, the position of the largest.",
                "점수의 각 행에서 가장 큰 값의 위치입니다.",
            ),
        ),
    ),
    "tune": Region(
        _NOTEBOOK,
        10,
        {"en": "tuning on the validation set", "ko": "검증 집합으로 하는 튜닝"},
        (
            (
                "Learning rates and regularization strengths act by their order of magnitude. Which few cover a wide range?",
                "학습률과 정규화 강도는 자릿수가 중요합니다. 어떤 몇 개면 넓은 범위를 덮을 수 있습니까?",
            ),
            (
                "For each pair a new LinearSVM; results maps the pair to two accuracies, on training and on validation images.",
                "쌍마다 새 LinearSVM을 만드세요. results는 쌍을 두 정확도(훈련, 검증)에 대응시킵니다.",
            ),
            (
                "Train on the training set, predict both sets, keep the shares that are right; where the validation accuracy is "
                "the highest so far, keep it and the classifier. Train for some hundred iterations, then for some hundred more "
                "at a smaller rate.",
                "훈련 집합으로 학습하고 두 집합을 예측해 맞은 비율을 적으세요. 검증 정확도가 지금까지 중 가장 높으면 그 값과 분류기를 "
                "보관하세요. 수백 번 반복한 다음, 더 작은 학습률로 수백 번 더 학습하세요.",
            ),
        ),
    ),
    "inline-1": Region(
        _NOTEBOOK,
        10,
        {"en": "inline question 1: kinks", "ko": "질문 1: 꺾인 점"},
        (
            (
                "Draw max(0, x). Where does it have no single slope?",
                "max(0, x)의 그래프를 그려 보세요. 기울기가 하나로 정해지지 않는 곳은 어디입니까?",
            ),
            (
                "Put a point x close to it, with a step h that reaches to the other side, and compare the formula with the difference.",
                "그 가까이에 점 x를 두고 반대편까지 닿는 h를 잡아, 공식과 차분을 비교해 보세요.",
            ),
            (
                "Ask how many margins lie within reach of zero: how does that number change when the margin delta grows, compared "
                "with the spread of the scores?",
                "0에 닿을 만큼 가까운 마진이 몇 개인지 생각해 보세요. 점수의 퍼짐에 비해 마진 delta가 커지면 그 수는 어떻게 변합니까?",
            ),
        ),
    ),
    "inline-2": Region(
        _NOTEBOOK,
        10,
        {"en": "inline question 2: templates", "ko": "질문 2: 템플릿"},
        (
            (
                "What do the images of one class have in common, in colour and in place?",
                "한 클래스의 이미지들은 색과 위치에서 무엇을 공유합니까?",
            ),
            (
                "Each column of W, of shape (D,), is a sum of training images, some added and some subtracted. Which are they?",
                "shape (D,)인 W의 각 열은 더하거나 뺀 훈련 이미지들의 합입니다. 어떤 이미지들입니까?",
            ),
            (
                "Say what a single template can do with objects that face both ways, and what regularization does to it.",
                "양쪽을 향한 물체들을 템플릿 하나가 어떻게 담는지, 정규화가 템플릿을 어떻게 바꾸는지 설명하세요.",
            ),
        ),
    ),
    "try-picking": Region(
        _NOTEBOOK,
        0,
        {"en": "practice: one entry of each row", "ko": "연습: 행마다 하나씩 고르기"},
        (
            (
                "The two index arrays are read side by side. Which row and which column does each of their places name?",
                "두 인덱스 배열은 나란히 읽습니다. 자리마다 어느 행과 어느 열을 가리킵니까?",
            ),
            (
                "The result has the shape of the index arrays, (3,): one number for each of their places.",
                "결과의 shape은 인덱스 배열과 같은 (3,)입니다. 자리마다 수가 하나입니다.",
            ),
            (
                "Row 0 at column 1, row 1 at column 0, row 2 at column 2.",
                "0행의 1열, 1행의 0열, 2행의 2열입니다.",
            ),
        ),
    ),
    "try-broadcasting": Region(
        _NOTEBOOK,
        0,
        {"en": "practice: broadcasting", "ko": "연습: 브로드캐스팅"},
        (
            (
                "What stands in the middle row of the column that is subtracted?",
                "빼는 열의 가운데 행에는 무엇이 있습니까?",
            ),
            (
                "The column of shape (3, 1) is repeated to (3, 3): its middle number stands three times in the middle row.",
                "shape (3, 1)인 열이 (3, 3)으로 늘어나므로, 가운데 행에는 가운데 수가 세 번 있습니다.",
            ),
            (
                "Each number of the middle row less the first number of that row.",
                "가운데 행의 각 수에서 그 행의 첫째 수를 뺍니다.",
            ),
        ),
    ),
    "try-row-sums": Region(
        _NOTEBOOK,
        0,
        {"en": "practice: a mask's row sums", "ko": "연습: 마스크와 행의 합"},
        (
            (
                "How many numbers of a row are above zero?",
                "한 행에서 0보다 큰 수는 몇 개입니까?",
            ),
            (
                "Summing along axis 1 leaves the rows: the result has shape (3,).",
                "축 1을 따라 더하면 행이 남습니다. 결과의 shape은 (3,)입니다.",
            ),
            (
                "All three numbers of the first row are above zero. Count the other two rows likewise.",
                "첫째 행은 세 수가 모두 0보다 큽니다. 나머지 두 행도 같은 방법으로 세세요.",
            ),
        ),
    ),
}
