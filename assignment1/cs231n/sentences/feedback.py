"""What the feedback on a submission says, and what came of its code and its zip, in English and Korean."""

__all__ = ["FEEDBACK"]

FEEDBACK = {
    "feedback": ("Feedback on assignment 1: the multiclass linear SVM", "과제 1(다중 클래스 선형 SVM) 피드백"),
    "so far": ("so far", "현재까지"),
    "open points": (
        "{open} more points hang on answers that a person has yet to read.",
        "아직 사람이 읽지 않은 답에 {open}점이 더 걸려 있습니다.",
    ),
    "refused": (
        "Your submission could not be graded: {reason} Please hand in a zip made by collectSubmission.sh.",
        "제출물을 채점할 수 없었습니다. {reason} collectSubmission.sh로 만든 zip을 제출해 주세요.",
    ),
    "unsafe": (
        "This was graded without isolation (--unsafe): the course staff should not count on it.",
        "격리 없이(--unsafe) 채점했습니다. 조교는 이 결과를 그대로 믿지 않아야 합니다.",
    ),
    "remarks": ("Notes", "참고"),
    "your answer": ("Your answer", "제출한 답"),
    "your code": ("Your code", "제출한 코드"),
    "comment": ("Comment", "평"),
    "no answer": ("There is no answer here.", "답이 없습니다."),
    "state graded": ("checked", "검사함"),
    "state marked": ("marked by a person", "사람이 채점함"),
    "state for people": ("waits for a person", "사람의 채점을 기다림"),
    "state blank": ("blank", "비어 있음"),
    "state checker fault": ("not judged: the check itself failed", "판정하지 못함: 검사기 자체의 오류"),
    "state not started": ("not started", "시작 전"),
    "next hint": ("The next hint, in the notebook:", "노트북에서 다음 힌트:"),
    "claims hold": ("{count} of {all} claims hold", "항목 {all}개 중 {count}개 통과"),
    "fault for nothing": (
        "The check itself failed. This costs you nothing; the course staff can see it.",
        "검사기 자체의 오류입니다. 점수에는 영향이 없고, 조교가 확인할 수 있습니다.",
    ),
    "needs more": (
        "This could not be checked, because something it needs failed.",
        "먼저 필요한 것이 실패해서 검사하지 못했습니다.",
    ),
    "notebook executed": (
        "Your notebook runs from top to bottom ({seconds} s).",
        "노트북이 처음부터 끝까지 실행됩니다({seconds}초).",
    ),
    "notebook stopped": (
        "Your notebook stops at cell {cell}: {reason}",
        "노트북이 셀 {cell}에서 멈춥니다: {reason}",
    ),
    "how graded": (
        "Your functions were called with inputs drawn for the grading, on which every part of the loss and of the gradient "
        "shows. They are not printed here. The same claims are checked, with other inputs, by python -m cs231n.checks in "
        "assignment1; each claim of a region has a share of its points.",
        "손실과 기울기의 모든 부분이 드러나도록 채점용으로 새로 뽑은 입력으로 함수를 호출했습니다. 그 입력은 여기에 적지 않습니다. "
        "assignment1에서 python -m cs231n.checks를 실행하면 같은 항목을 다른 입력으로 검사합니다. 채울 곳의 점수는 항목마다 나뉩니다.",
    ),
    "process ended": ("its process ended (status {status})", "프로세스가 끝나 버렸습니다(상태 {status})"),
    "process silent": (
        "there was no answer within {seconds} s, or not all answers within {total} s",
        "{seconds}초 안에 답이 없었거나, 모든 답을 {total}초 안에 내지 못했습니다",
    ),
    "process forged": (
        "its process wrote something other than the answer that was asked for",
        "프로세스가 요청한 답이 아닌 것을 썼습니다",
    ),
    "process prints": ("it printed more than {limit} MB", "{limit} MB 넘게 출력했습니다"),
    "needs bubblewrap": (
        "it was not executed: the machine that grades has no bubblewrap",
        "실행하지 않았습니다. 채점하는 컴퓨터에 bubblewrap이 없습니다",
    ),
    "own exception": ("an exception of its own", "직접 만든 예외"),
    "raised in": ("line {line}: {kind}", "{line}행: {kind}"),
    "not in zip": ("{names} not handed in", "제출하지 않은 것: {names}"),
    "lines edited": (
        "{name}: given lines were edited ({names})",
        "{name}: 주어진 줄이 바뀌었습니다({names})",
    ),
    "ignored": ("not looked at: {names}", "보지 않은 것: {names}"),
    "receipt says otherwise": (
        "the receipt was made for other files: {names}",
        "영수증은 다른 파일로 만든 것입니다: {names}",
    ),
    "no notebook read": ("{name} cannot be read as a notebook", "{name}을(를) 노트북으로 읽을 수 없습니다"),
}
