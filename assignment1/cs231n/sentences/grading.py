"""What a report says of code that ran in a process of its own, and of a zip, in English and Korean; blanks in braces."""

__all__ = ["GRADING"]

GRADING = {
    "process ended": ("its process ended (status {status})", "프로세스가 끝나 버렸습니다(상태 {status})"),
    "process silent": ("there was no answer within {seconds} s", "{seconds}초 안에 답이 없었습니다"),
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
