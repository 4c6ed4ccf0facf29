"""What is said of training and prediction in Korean: titles and hints of the regions."""

__all__ = ["HINTS", "TITLES"]

TITLES = {
    "train-sample": "배치 뽑기",
    "train-update": "경사 하강 한 걸음",
    "predict": "예측",
}

HINTS = {
    "train-sample": (
        "샘플과 레이블은 함께 있어야 합니다. 둘이 공유하는 것은 무엇입니까?",
        "shape (batch_size,)의 행 번호 배열을 뽑아 두 배열을 모두 그것으로 인덱싱하세요.",
        "0부터 N - 1까지의 행 번호를 같은 확률로, 복원 추출로, 주어진 생성기에서 뽑습니다.",
    ),
    "train-update": (
        "기울기는 손실이 가장 빨리 커지는 방향입니다. 어느 쪽으로 가야 합니까?",
        "걸음의 shape은 W와 같은 (D, C)이고, W에 더하는 일은 이미 되어 있습니다.",
        "학습률에 기울기를 곱하고 음의 부호를 붙입니다.",
    ),
    "predict": (
        "분류기는 이미지 하나에 대해 무엇을 내놓고, 거기서 클래스는 어떻게 정해집니까?",
        "점수의 shape은 (N, C)이고, 예측은 shape (N,)의 정수입니다.",
        "점수의 각 행에서 가장 큰 값의 위치입니다.",
    ),
}
