"""Words and sentences, each in English and Korean; blanks in braces."""

from .doctor import DOCTOR
from .feedback import FEEDBACK
from .handing_in import HANDING_IN

__all__ = ["CLAIMS", "WORDS"]

WORDS = (
    HANDING_IN
    | FEEDBACK
    | DOCTOR
    | {
        "pass": ("pass", "통과"),
        "fail": ("FAIL", "실패"),
        "not started": ("not started", "시작 전"),
        "not run": ("not run", "실행 안 함"),
        "checker fault": ("checker fault", "검사기 오류"),
        "claim": ("claim", "항목"),
        "outcome": ("outcome", "결과"),
        "measured": ("measured", "측정"),
        "cause": ("cause", "원인"),
        "hint": ("hint", "힌트"),
        "called with": ("called with {call}", "호출: {call}"),
        "compared": ("{what}: yours {yours}, expected {expected}", "{what}: 내 값 {yours}, 기대값 {expected}"),
        "limit": ("relative difference {error}, limit {limit}", "상대 오차 {error}, 한계 {limit}"),
        "raised": ("{kind}: {text}", "{kind}: {text}"),
        "raised at": ("line {line}: {kind}: {text}", "{line}행: {kind}: {text}"),
        "returned": (
            "expected two results, loss and gradient; found {found}",
            "결과 두 개(손실과 기울기)가 와야 하는데 {found}이(가) 왔습니다",
        ),
        "shape": (
            "gradient of shape {found}, expected {expected}",
            "기울기의 shape이 {found}입니다. 기대한 shape은 {expected}입니다",
        ),
        "type": (
            "gradient is {found}, expected an ndarray of floats",
            "기울기가 {found}입니다. 실수 ndarray여야 합니다",
        ),
        "one number": ("a single number", "수 하나"),
        "loss type": ("loss is {found}, expected one finite number", "손실이 {found}입니다. 유한한 수 하나여야 합니다"),
        "changed": ("{names} not as before the call", "호출한 뒤 {names}이(가) 달라졌습니다"),
        "twice": (
            "two calls with the same input: {what} {first} and {second}",
            "같은 입력으로 두 번 호출: {what} {first}, {second}",
        ),
        "loop": ("line {line}: {what}", "{line}행: {what}"),
        "steps by classes": (
            "for {small} classes Python goes through {few} lines, for {large} classes through {many}",
            "클래스 {small}개에는 파이썬이 {few}줄을, {large}개에는 {many}줄을 거칩니다",
        ),
        "no definition": (
            "the file has no def of this name, or gives the name to something else",
            "파일에 이 이름의 def가 없거나, 이름이 다른 것을 가리킵니다",
        ),
        "other result": (
            "its result for {count} samples is not the right one",
            "샘플 {count}개에 대한 결과가 맞지 않습니다",
        ),
        "steps": (
            "for {small} samples Python goes through {few} lines, for {large} samples through {many}",
            "샘플 {small}개에는 파이썬이 {few}줄을, {large}개에는 {many}줄을 거칩니다",
        ),
        "cost": (
            "{ratio:.1f} times the time of plain loops, and {growth:.1f} times as much for four times the samples",
            "단순 반복문의 {ratio:.1f}배 시간이 걸리고, 샘플이 네 배면 시간이 {growth:.1f}배입니다",
        ),
        "batches differ": ("two runs with seed=1 drew different batches", "seed=1로 두 번 실행했는데 배치가 다릅니다"),
        "batch shapes": (
            "X_batch {X}, y_batch {y} for batch_size={size}",
            "batch_size={size}인데 X_batch {X}, y_batch {y}",
        ),
        "strange rows": ("X_batch has rows that are no rows of X", "X_batch에 X의 행이 아닌 것이 있습니다"),
        "wrong label": (
            "row {row} of X came with label {yours}, expected {expected}",
            "X의 {row}번째 행의 레이블이 {yours}입니다. {expected}여야 합니다",
        ),
        "one sample": (
            "a batch of {size} holds one sample again and again",
            "{size}개짜리 배치에 같은 샘플 하나만 들어 있습니다",
        ),
        "no batch": (
            "no loss was computed for batches of {size} out of {available} samples",
            "샘플 {available}개에서 {size}개짜리 배치로는 손실을 계산하지 않았습니다",
        ),
        "same batches": ("{count} times the same rows", "{count}번 모두 같은 행"),
        "history": ("{found} losses returned for {expected} iterations", "반복은 {expected}번인데 손실은 {found}개"),
        "weights": ("W is {dtype} for float32 X", "X는 float32인데 W는 {dtype}"),
        "strange W": (
            "W is {found}, expected floats of shape {expected}",
            "W가 {found}입니다. shape {expected}의 실수여야 합니다",
        ),
        "W made anew": (
            "the second call of train began with a new W",
            "train을 두 번째 부르자 W가 새로 만들어졌습니다",
        ),
        "prediction shape": (
            "y_pred of shape {found}, expected {expected}",
            "y_pred의 shape이 {found}입니다. {expected}여야 합니다",
        ),
        "pairs": (
            "{found} pairs that do not diverge, expected at least {least}",
            "발산하지 않는 쌍 {found}개, 적어도 {least}개 필요",
        ),
        "below": ("{found}, expected at least {target}", "{found}, 목표는 {target} 이상"),
        "results form": (
            "expected {{(learning_rate, reg): (training accuracy, validation accuracy)}}, found {found}",
            "{{(learning_rate, reg): (training accuracy, validation accuracy)}} 형태여야 하는데 {found}입니다",
        ),
        "predicted": (
            "number {place}, counted from 0: you expected {yours}, it is {actual}",
            "0부터 세어 {place}번째 수: 예상 {yours}, 실제 {actual}",
        ),
        "predicted form": (
            "expected a list of {count} numbers, found {found}",
            "수 {count}개의 리스트여야 하는데 {found}입니다",
        ),
        "no notebook": (
            "{path}: expected a notebook, found none that can be read ({error})",
            "{path}: 읽을 수 있는 노트북이 아닙니다({error})",
        ),
        "import failed": (
            "the file cannot be imported: {file} line {line}: {kind}: {text}",
            "파일을 가져올 수 없습니다: {file} {line}행: {kind}: {text}",
        ),
        "prints too much": ("it prints more than a million characters", "백만 자가 넘게 출력합니다"),
        "agree": ("agree within {limit}", "{limit} 이내로 일치"),
        "kink": ("a kink: the slopes are {left} and {right}", "꺾인 점: 양쪽 기울기 {left}, {right}"),
        "differ": ("DIFFER: relative error {error}", "불일치: 상대 오차 {error}"),
        "entry": ("numerical {numerical}, analytic {analytic}", "수치 {numerical}, 공식 {analytic}"),
        "entries": ("{count} of {all} entries agree.", "{all}개 중 {count}개 일치."),
        "kinks": (
            "{count} of them lie on a kink of the hinge, where each slope between the two is right.",
            "그중 {count}개는 힌지의 꺾인 점에 있고, 두 기울기 사이의 값은 모두 맞습니다.",
        ),
        "integers": (
            "x holds {dtype}, which cannot be moved by h; a copy of it in float64 is checked.",
            "x가 {dtype}라 h만큼 움직일 수 없습니다. float64로 복사해 검사합니다.",
        ),
        "needs": ("needs: {what}", "먼저 필요한 것: {what}"),
        "summary": (
            "{passed} passed, {failed} failed, {rest} not reached",
            "통과 {passed}, 실패 {failed}, 미도달 {rest}",
        ),
        "not started at": ("Not started: {places}.", "시작 전: {places}."),
        "one of": ("Not started: at least one of", "시작 전(아래 중 하나 이상)"),
        "place": ("{region} ({title}, in {file})", "{region} ({title}, {file})"),
        "this notebook": ("this notebook", "이 노트북"),
        "ask": ('checks.hint("{region}")', 'checks.hint("{region}")'),
        "rung": ("Hint {number} of 3 for {region}: {hint}", "{region} 힌트 {number}/3: {hint}"),
        "last rung": ("That was the last hint.", "마지막 힌트입니다."),
        "no region": (
            "region: expected one of {known}, found {found}.",
            "region: {known} 중 하나여야 하는데 {found}입니다.",
        ),
        "in notebook": ("is checked in the notebook", "노트북에서 검사합니다"),
        "for people": ("is read by people", "사람이 읽고 평가합니다"),
        "fault": (
            "The check itself failed ({error}); this costs you nothing. Please tell the course staff.",
            "검사기 자체의 오류입니다({error}). 점수에는 영향이 없습니다. 조교에게 알려 주세요.",
        ),
    }
)

CLAIMS = {
    "runs": ("runs on every valid input", "올바른 모든 입력에서 실행된다"),
    "loss, data term": ("loss, data term", "손실, 데이터 항"),
    "loss, regularizer": ("loss, regularizer", "손실, 정규화 항"),
    "gradient, data term": ("gradient, data term", "기울기, 데이터 항"),
    "gradient, regularizer": ("gradient, regularizer", "기울기, 정규화 항"),
    "special cases": ("N = 1, C = 2, N = C, equal labels", "N = 1, C = 2, N = C, 모두 같은 레이블"),
    "float32": ("float32 input", "float32 입력"),
    "result": ("a new float gradient of W's shape; inputs unchanged", "W와 shape이 같은 새 실수 기울기, 입력은 그대로"),
    "same result twice": ("same result twice", "두 번 불러도 같은 결과"),
    "no loop": ("no loop in the code", "코드에 반복문이 없다"),
    "cost": ("time without loops", "반복문 없는 속도"),
    "train, batch": ("train: a batch of samples with their labels", "train: 샘플과 그 레이블로 된 배치"),
    "train, small data": ("train: a batch larger than the data", "train: 데이터보다 큰 배치"),
    "train, update": ("train: each update", "train: 매 갱신"),
    "train, history": ("train: one loss an iteration", "train: 반복마다 손실 하나"),
    "train, weights": ("train: W made once, of X's dtype", "train: W는 한 번만, X의 dtype으로"),
    "train, seed": ("train: repeatable with a seed", "train: 시드로 재현 가능"),
    "predict": ("predict: one class a sample", "predict: 샘플마다 클래스 하나"),
    "results": ("results hold accuracies by (learning rate, reg)", "results에 (학습률, reg)별 정확도"),
    "enough pairs": ("several pairs tried", "여러 쌍을 시도"),
    "best_val": ("best_val is their maximum", "best_val이 그 최댓값"),
    "best_svm": ("best_svm gives best_val again", "best_svm이 best_val을 다시 낸다"),
    "target": ("target reached", "목표 도달"),
    "answer": ("written answer", "서술형 답"),
    "prediction": ("what you expected is what came out", "예상한 대로 나왔다"),
}
