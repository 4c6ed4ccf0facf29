"""What is said of the SVM in Korean: titles and hints of its regions, and causes, which follow the rules of `sentences`."""

__all__ = ["CAUSES", "HINTS", "TITLES"]

TITLES = {
    "svm-naive-gradient": "반복문으로 구한 기울기",
    "svm-vectorized-loss": "반복문 없는 손실",
    "svm-vectorized-gradient": "반복문 없는 기울기",
    "tune": "검증 집합으로 하는 튜닝",
    "inline-1": "질문 1: 꺾인 점",
    "inline-2": "질문 2: 템플릿",
    "try-picking": "연습: 행마다 하나씩 고르기",
    "try-broadcasting": "연습: 브로드캐스팅",
    "try-row-sums": "연습: 마스크와 행의 합",
}

HINTS = {
    "svm-naive-gradient": (
        "양수인 마진 하나를 보세요. 이 마진은 W의 어느 열에 달려 있고, 각 열이 커지면 마진은 커집니까 작아집니까?",
        "shape (D, C)의 0에서 시작하세요. 양수인 마진마다 두 열을 건드립니다. 마진을 어긴 클래스의 열과 정답 클래스의 열입니다. 샘플 i의 shape은 열과 같은 (D,)입니다.",
        "양수인 마진마다 샘플을 그 클래스의 열에 더하고 정답 클래스의 열에서 뺍니다. 그다음 샘플 수로 나누어 평균을 내고, 마지막으로 정규화 항의 도함수, 곧 정규화 강도의 두 배에 가중치를 곱한 값을 더합니다.",
    ),
    "svm-vectorized-loss": (
        "마진에서 샘플에만 달린 것은 무엇이고, 샘플과 클래스 둘 다에 달린 것은 무엇입니까?",
        "모든 점수는 shape (N, C)의 배열이고, 정답 점수는 각 행 전체에서 빠지도록 shape (N, 1)로 둡니다. 마진의 각 행에서 한 원소는 합에 들어가지 않습니다.",
        "점수에서 그 행의 정답 점수를 빼고 1을 더한 뒤 0 아래를 자르고, 정답 클래스 자리는 0으로 둡니다. 모두 더해 샘플 수로 나누고, 정규화 강도에 가중치 제곱의 합을 곱해 더합니다.",
    ),
    "svm-vectorized-gradient": (
        "반복문에서 샘플 i를 열 j에 몇 번 더하고, 정답 열에서 몇 번 뺍니까? 샘플 하나에 대해 그 수들을 적어 보세요.",
        "그 수들을 한 샘플이 한 행인 shape (N, C)의 배열에 담으세요. shape (N, D)인 X와 어떻게 곱하면 기울기의 shape (D, C)가 됩니까?",
        "마진이 양수인 곳은 1, 나머지는 0, 정답 클래스 자리에는 그 행의 1의 개수에 음의 부호를 붙인 수. 샘플 행렬의 전치를 이 배열에 곱해 샘플 수로 나누고, 정규화 강도의 두 배에 가중치를 곱해 더합니다.",
    ),
    "tune": (
        "학습률과 정규화 강도는 자릿수가 중요합니다. 어떤 몇 개면 넓은 범위를 덮을 수 있습니까?",
        "쌍마다 새 LinearSVM을 만드세요. results는 쌍을 두 정확도(훈련, 검증)에 대응시킵니다.",
        "훈련 집합으로 학습하고 두 집합을 예측해 맞은 비율을 적으세요. 검증 정확도가 지금까지 중 가장 높으면 그 값과 분류기를 보관하세요. 수백 번 반복한 다음, 더 작은 학습률로 수백 번 더 학습하세요.",
    ),
    "inline-1": (
        "max(0, x)의 그래프를 그려 보세요. 기울기가 하나로 정해지지 않는 곳은 어디입니까?",
        "그 가까이에 점 x를 두고 반대편까지 닿는 h를 잡아, 공식과 차분을 비교해 보세요.",
        "0에 닿을 만큼 가까운 마진이 몇 개인지 생각해 보세요. 점수의 퍼짐에 비해 마진 delta가 커지면 그 수는 어떻게 변합니까?",
    ),
    "inline-2": (
        "한 클래스의 이미지들은 색과 위치에서 무엇을 공유합니까?",
        "shape (D,)인 W의 각 열은 더하거나 뺀 훈련 이미지들의 합입니다. 어떤 이미지들입니까?",
        "양쪽을 향한 물체들을 템플릿 하나가 어떻게 담는지, 정규화가 템플릿을 어떻게 바꾸는지 설명하세요.",
    ),
    "try-picking": (
        "두 인덱스 배열은 나란히 읽습니다. 자리마다 어느 행과 어느 열을 가리킵니까?",
        "결과의 shape은 인덱스 배열과 같은 (3,)입니다. 자리마다 수가 하나입니다.",
        "0행의 1열, 1행의 0열, 2행의 2열입니다.",
    ),
    "try-broadcasting": (
        "빼는 열의 가운데 행에는 무엇이 있습니까?",
        "shape (3, 1)인 열이 (3, 3)으로 늘어나므로, 가운데 행에는 가운데 수가 세 번 있습니다.",
        "가운데 행의 각 수에서 그 행의 첫째 수를 뺍니다.",
    ),
    "try-row-sums": (
        "한 행에서 0보다 큰 수는 몇 개입니까?",
        "축 1을 따라 더하면 행이 남습니다. 결과의 shape은 (3,)입니다.",
        "첫째 행은 세 수가 모두 0보다 큽니다. 나머지 두 행도 같은 방법으로 세세요.",
    ),
}

CAUSES = {
    "gradient.correct-class.zero-counted": "정답 클래스의 열에서 마진을 지킨 클래스까지 모든 클래스에 대해 샘플을 뺍니다.",
    "gradient.correct-class.values": "정답 클래스의 열에서 마진을 값만큼 셉니다. 양수인 마진마다 한 번씩 세어야 합니다.",
    "gradient.violating-classes.zero-counted": "마진을 지킨 클래스의 열에도 샘플을 더합니다.",
    "gradient.violating-classes.values": "마진을 어긴 클래스의 열에서 마진을 값만큼 셉니다. 양수인 마진마다 한 번씩 세어야 합니다.",
    "samples.columns-zeroed": "각 행의 한 원소가 아니라 열 전체를 0으로 만들었습니다. 행 번호와 레이블을 짝지어 인덱싱하세요.",
    "loss.correct-class.own-margin": "정답 클래스 자신의 마진을 센 것처럼 손실이 샘플마다 1만큼 큽니다. 합에는 다른 클래스만 들어갑니다.",
    "loss.constant.added": "손실이 샘플마다 일정한 값만큼 큽니다.",
    "loss.constant.taken-off": "손실이 샘플마다 일정한 값만큼 작습니다. 더한 적 없는 값을 뺐습니다.",
    "margin.no-delta": "마진에 delta = 1이 빠졌습니다.",
    "margin.delta-*": "마진의 delta가 {factor}입니다. 여기서는 1입니다.",
    "margin.delta-sign": "delta의 부호가 반대이거나 정답 점수에 더해졌습니다. 차이에 1을 더하세요.",
    "margin.reversed": "마진의 방향이 반대입니다. 다른 점수에서 정답 점수를 빼야 합니다.",
    "margin.wrong-axis": "정답 점수를 잘못된 축을 따라 빼고 있습니다. 각 값은 점수의 한 행 전체에 대응하므로 shape이 (N, 1)이어야 합니다.",
    "hinge.squared": "제곱 힌지입니다. 여기서는 마진을 그대로 더합니다.",
    "hinge.counted": "양수인 마진의 개수를 세고 있습니다. 마진의 값을 더해야 합니다.",
    "hinge.not-cut": "음의 마진까지 더하고 있습니다. 0에서 잘라 내세요.",
    "hinge.largest-only": "샘플마다 가장 큰 마진만 셉니다. 마진을 어긴 모든 클래스를 세어야 합니다.",
    "hinge.max-0": "각 마진을 0과 비교(maximum)해야 하는데 열마다 가장 큰 마진(축에 대한 max)을 취합니다.",
    "hinge.max-1": "각 마진을 0과 비교(maximum)해야 하는데 행마다 가장 큰 마진(축에 대한 max)을 취합니다.",
    "hinge.argmax-0": "마진 자체(maximum)가 아니라 가장 큰 마진의 위치(argmax)를 더하고 있습니다.",
    "hinge.argmax-1": "마진 자체(maximum)가 아니라 가장 큰 마진의 위치(argmax)를 더하고 있습니다.",
    "samples.first-sample": "첫 번째 샘플만 셉니다.",
    "samples.last-sample": "마지막 샘플만 셉니다. 앞의 것을 덮어쓰고 있습니다.",
    "samples.divided-in-loop": "샘플마다 N으로 나누고 있어 앞쪽 샘플이 거의 사라집니다. 반복문 뒤에서 한 번만 나누세요.",
    "samples.overwritten": "각 샘플이 앞선 샘플들이 남긴 열의 값을 덮어씁니다. 덮어쓰지 말고 더하세요.",
    "indicator.values": "기울기에서 샘플을 마진의 값만큼 곱하고 있습니다. 마진이 양수인지 아닌지만 중요합니다.",
    "indicator.zero-counted": "0에서 잘린 마진의 클래스까지 모두 기울기에 세고 있습니다.",
    "indicator.not-clipped": "충분히 아래에 있는 클래스를 음수 마진만큼 세고 있습니다. 그 마진은 0으로 두어야 합니다.",
    "indicator.scores": "점수가 양수인 클래스를 셉니다. 마진이 양수인 클래스를 세어야 합니다.",
    "gradient.numerical": "기울기 계산이 W의 원소마다 손실을 한 번씩 구하는 만큼 듭니다. 차이로 구하면 그렇습니다. 식으로 유도하세요. 양수인 마진 하나가 어느 열들을 바꾸나요?",
    "gradient.mean.missing-for-violating-classes": "마진을 어긴 클래스의 열에 더하는 부분만 N으로 나누지 않았습니다.",
    "gradient.mean.missing-for-correct-class": "정답 클래스의 열에서 빼는 부분만 N으로 나누지 않았습니다.",
    "gradient.violating-classes.missing": "마진을 어긴 클래스의 열을 전혀 건드리지 않습니다.",
    "gradient.violating-classes.sign": "마진을 어긴 클래스의 열의 부호가 반대입니다. 그 점수는 손실을 키웁니다.",
    "gradient.violating-classes.twice": "마진을 어긴 클래스를 자기 열에서 두 번 세고 있습니다.",
    "gradient.violating-classes.factor-*": "마진을 어긴 클래스를 자기 열에서 {factor}번 세고 있습니다.",
    "gradient.correct-class.missing": "정답 클래스의 열을 전혀 건드리지 않습니다. 마진은 정답 점수에도 달려 있습니다.",
    "gradient.correct-class.once-a-sample": "정답 클래스의 열에서 샘플을 한 번만 뺍니다. 마진을 어긴 클래스마다 한 번씩 빼야 합니다.",
    "gradient.correct-class.last-of-class": "정답 클래스의 열에 클래스마다 마지막 샘플만 반영됩니다. 인덱스 배열에 같은 열이 두 번 나와도 한 번만 바뀝니다.",
    "gradient.correct-class.counts-itself": "정답 클래스가 자신을 마진을 어긴 클래스로 셉니다. 그 열에서 샘플을 한 번 더 뺍니다.",
    "gradient.correct-class.own-margin": "정답 클래스 자신의 마진 때문에 그 열에 샘플이 더해집니다. 마진은 다른 클래스에만 있습니다.",
    "gradient.correct-class.sign": "정답 클래스의 열의 부호가 반대입니다. 정답 점수가 높을수록 손실은 작아집니다.",
    "gradient.correct-class.factor-*": "정답 클래스의 열에서 마진을 어긴 클래스를 {factor}번씩 셉니다.",
}
