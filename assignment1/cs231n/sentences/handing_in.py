"""What handing in says, each in English and Korean; blanks in braces."""

__all__ = ["HANDING_IN"]

HANDING_IN = {
    "step": ("[{number}/{total}] {name}: {text}", "[{number}/{total}] {name}: {text}"),
    "files": ("files", "파일"),
    "checks": ("checks", "검사"),
    "notebook": ("notebook", "노트북"),
    "run": ("run", "실행"),
    "page": ("page", "페이지"),
    "pdf": ("PDF", "PDF"),
    "zip": ("zip", "zip"),
    "receipt": ("receipt", "영수증"),
    "files found": ("{notebooks} and {count} Python files", "{notebooks}, Python 파일 {count}개"),
    "files missing": (
        "{folder} lacks {names}; no zip was made, and an older one is as it was. Put the file back, from your backup or "
        "from the kit, and run this again.",
        "{folder}에 {names}이(가) 없습니다. zip을 만들지 않았고, 전에 만든 zip은 그대로입니다. 백업이나 원본에서 파일을 되돌린 다음 다시 "
        "실행하세요.",
    ),
    "left out": (
        "left out, as links or as no part of the assignment: {names}",
        "링크이거나 과제가 아니어서 뺀 것: {names}",
    ),
    "a link": ("a link that leads out of the folder", "폴더 밖을 가리키는 링크"),
    "checks silent": (
        "the checks did not come to an end: {reason}",
        "검사가 끝까지 실행되지 않았습니다: {reason}",
    ),
    "longer than": ("more than {seconds:.0f} seconds", "{seconds:.0f}초 초과"),
    "as given": (
        "{filled} of {all} places filled, the given cells unchanged",
        "{all}곳 중 {filled}곳을 채움, 주어진 셀은 그대로",
    ),
    "edited": (
        "{filled} of {all} places filled; no longer as given: {names}",
        "{all}곳 중 {filled}곳을 채움. 주어진 것과 달라진 곳: {names}",
    ),
    "given lines": (
        "lines outside of your regions are not as given in {names}",
        "채울 곳 밖의 줄이 주어진 것과 다른 파일: {names}",
    ),
    "not read": (
        "no zip was made, and an older one is as it was: {error}. Make the file readable, or move it out of the folder.",
        "zip을 만들지 않았고, 전에 만든 zip은 그대로입니다: {error}. 파일의 읽기 권한을 확인하거나 파일을 폴더 밖으로 옮기세요.",
    ),
    "nothing to run": ("there is no notebook that can be read", "읽을 수 있는 노트북이 없습니다"),
    "nothing to print": ("there is no page to print", "인쇄할 페이지가 없습니다"),
    "broken": (
        "{name} cannot be read as a notebook ({error}); it is handed in as it is. Jupyter keeps an older copy in "
        ".ipynb_checkpoints.",
        "{name}을(를) 노트북으로 읽을 수 없습니다({error}). 그대로 제출합니다. Jupyter가 .ipynb_checkpoints에 이전 사본을 둡니다.",
    ),
    "ran": ("all {total} cells, {seconds:.0f} s", "셀 {total}개 모두, {seconds:.0f}초"),
    "running": ("cell {number} of {total}: {cell}", "셀 {number}/{total}: {cell}"),
    "stopped": (
        "the notebook stops at cell {cell} ({number} of {total}): {reason}",
        "노트북이 셀 {cell}({number}/{total})에서 멈춥니다: {reason}",
    ),
    "kernel died": ("the kernel died", "커널이 죽었습니다"),
    "no run": ("left out, as you asked for", "요청대로 생략"),
    "cannot run": ("the notebook could not be executed: {error}", "노트북을 실행할 수 없습니다: {error}"),
    "not in order": (
        "outputs that were saved do not come from one run from top to bottom; restart the kernel, run all, save",
        "저장된 출력이 위에서 아래로 한 번에 실행한 것이 아닙니다. 커널을 다시 시작해 모두 실행하고 저장하세요",
    ),
    "as saved": (
        "outputs below that cell are those that you saved",
        "그 셀 아래의 출력은 저장해 둔 것입니다",
    ),
    "no page": ("no page was made: {error}", "페이지를 만들지 못했습니다: {error}"),
    "pdf made": ("{path}, {pages} pages", "{path}, {pages}쪽"),
    "no pdf": (
        "no PDF was made: neither Chrome, Edge nor Chromium could be used. Open {path} in any browser and print it to a "
        "PDF, or run pip install -r requirements-pdf.txt and this again.",
        "PDF를 만들지 못했습니다. Chrome, Edge, Chromium 중 쓸 수 있는 것이 없습니다. 아무 브라우저에서 {path}을(를) 열어 PDF로 "
        "인쇄하거나, pip install -r requirements-pdf.txt를 실행한 다음 다시 하세요.",
    ),
    "no pdf either": ("no PDF was made: {error}", "PDF를 만들지 못했습니다: {error}"),
    "zip made": ("{path}, {count} files, {size:.1f} MB", "{path}, 파일 {count}개, {size:.1f} MB"),
    "too large": (
        "no zip was made, and an older one is as it was: the files take more than {limit} MB. Too large: {names}. Move out "
        "what is no part of your work, and print no more than somebody will read.",
        "zip을 만들지 않았고, 전에 만든 zip은 그대로입니다. 파일이 {limit} MB를 넘습니다. 너무 큰 것: {names}. 과제가 아닌 파일은 폴더 밖으로 "
        "옮기고, 출력은 읽을 만큼만 남기세요.",
    ),
    "not written": (
        "no zip was made, and an older one is as it was: {error}. Make room, or name another folder with --out.",
        "zip을 만들지 않았고, 전에 만든 zip은 그대로입니다: {error}. 공간을 마련하거나 --out으로 다른 폴더를 지정하세요.",
    ),
    "receipt made": ("the zip's SHA-256 is {digest}", "zip의 SHA-256: {digest}"),
    "complete": ("Complete. Hand in {path}.", "완료. {path}을(를) 제출하세요."),
    "incomplete": (
        "The zip is made, and INCOMPLETE: {points} of {all} points are at stake. Hand in {path}, or mend this first:",
        "zip을 만들었지만 미완성입니다. {all}점 중 {points}점이 걸려 있습니다. {path}을(를) 제출하거나 먼저 이것을 고치세요.",
    ),
    "region": ("{region} ({title}): {state}, {points} points", "{region} ({title}): {state}, {points}점"),
    "fails": ("fails its checks", "검사 실패"),
    "blank": ("not started", "시작 전"),
    "unchecked": ("could not be checked", "검사할 수 없음"),
    "remark": ("Note: {text}", "참고: {text}"),
    "interrupted": (
        "Stopped by you. No zip was made, and an older one is as it was.",
        "중단했습니다. zip을 만들지 않았고, 전에 만든 zip은 그대로입니다.",
    ),
    "interrupted late": (
        "Stopped by you, when the zip was already made: {path} is whole.",
        "중단했지만 zip은 이미 만들었습니다. {path}은(는) 온전합니다.",
    ),
    "not accepted": (
        "no zip was made, and the existing one is unchanged: it would not be accepted. {reason} Mend that, and run this again.",
        "zip을 만들지 않았고, 전에 만든 zip은 그대로입니다. 만들어도 받지 않을 zip입니다. {reason} 고친 다음 다시 실행하세요.",
    ),
    "zip unread": (
        "expected a zip, found one that cannot be read: {error}.",
        "zip이어야 하는데 읽을 수 없습니다: {error}.",
    ),
    "zip large": (
        "the zip has {size} MB, more than the {limit} MB that are accepted.",
        "zip이 {size} MB입니다. {limit} MB까지만 받습니다.",
    ),
    "zip entries": (
        "expected at most {limit:,} files in the zip, found more.",
        "zip에 파일이 {limit:,}개보다 많습니다.",
    ),
    "zip empty": (
        "expected {names} in the zip, found none of them.",
        "zip에 {names} 중 하나도 없습니다.",
    ),
    "zip twice": (
        "the zip holds the assignment twice, in {first} and {second}.",
        "zip에 과제가 두 번 있습니다({first}, {second}).",
    ),
    "file twice": ("{name} is in the zip twice.", "{name}이(가) zip에 두 번 있습니다."),
    "file link": (
        "{name} is a link or a device, expected a file.",
        "{name}은(는) 파일이어야 하는데 링크나 장치입니다.",
    ),
    "file encrypted": ("{name} is encrypted.", "{name}이(가) 암호화되어 있습니다."),
    "file compression": (
        "{name} is compressed by another method than deflate, which zip tools use.",
        "{name}을(를) zip 도구가 쓰는 deflate가 아닌 방법으로 압축했습니다.",
    ),
    "file large": ("{name} has more than {limit} MB.", "{name}이(가) {limit} MB를 넘습니다."),
    "file values": (
        "{name} holds more than {limit:,} values, and is no notebook.",
        "{name}에 값이 {limit:,}개 넘게 있습니다. 노트북이 아닙니다.",
    ),
    "holds": ("{path} holds {count} files, {size:.1f} MB", "{path}: 파일 {count}개, {size:.1f} MB"),
    "lacks": ("missing: {names}", "없는 것: {names}"),
    "lacks nothing": ("nothing that is required is missing", "필요한 것은 모두 있습니다"),
    "more": ("not asked for: {names}", "요청하지 않은 것: {names}"),
    "and more": ("{names} and {count} more", "{names} 외 {count}개"),
    "no receipt": (
        "no receipt: a zip of the classic kit, or not made by this one",
        "영수증 없음: 원래 과제의 zip이거나 이 도구로 만들지 않은 zip",
    ),
    "receipt matches": (
        "the receipt of {time} matches all {count} files (kit {kit}, Python {python}, NumPy {numpy})",
        "{time}의 영수증이 파일 {count}개와 모두 일치(과제 {kit}, Python {python}, NumPy {numpy})",
    ),
    "receipt differs": ("the receipt does NOT match: {names}", "영수증과 일치하지 않음: {names}"),
    "receipt broken": ("the receipt cannot be read", "영수증을 읽을 수 없음"),
    "receipt incomplete": ("incomplete when it was made: {names}", "만들 때 미완성이었던 것: {names}"),
}
