"""What the doctor says, each in English and Korean; blanks in braces."""

__all__ = ["DOCTOR"]

DOCTOR = {
    "package missing": (
        "missing: {names}. Is this the Python that the kit was set up with ({python})? In the folder assignment1, "
        "python -m cs231n.doctor says what is wrong with this machine.",
        "없는 것: {names}. 과제를 준비한 Python이 맞습니까({python})? assignment1 폴더에서 python -m cs231n.doctor를 실행하면 이 "
        "컴퓨터에서 무엇이 문제인지 알려 줍니다.",
    ),
    "package broken": (
        "{names} cannot be used as installed here ({error}). In a terminal: {python} -m pip install --upgrade {packages}; "
        "then try again.",
        "여기에 설치된 {names}을(를) 사용할 수 없습니다({error}). 터미널에서 {python} -m pip install --upgrade {packages}를 실행한 다음 "
        "다시 시도하세요.",
    ),
    "ask the doctor": (
        "In the folder assignment1, python -m cs231n.doctor says what is wrong with this machine.",
        "assignment1 폴더에서 python -m cs231n.doctor를 실행하면 이 컴퓨터에서 무엇이 문제인지 알려 줍니다.",
    ),
    "good": ("good", "정상"),
    "note": ("note", "주의"),
    "bad": ("BAD", "문제"),
    "unknown": ("unknown", "모름"),
    "doctor summary": (
        "{good} good, {note} to note, {bad} bad, {unknown} unknown",
        "정상 {good}, 주의 {note}, 문제 {bad}, 모름 {unknown}",
    ),
    "doctor python": ("Python", "Python 버전"),
    "doctor packages": ("packages", "패키지"),
    "doctor numpy": ("NumPy and BLAS", "NumPy와 BLAS"),
    "doctor tools": ("tools", "도구"),
    "doctor kernel": ("Jupyter kernel", "Jupyter 커널"),
    "doctor autoreload": ("autoreload", "자동 다시 읽기"),
    "doctor memory": ("memory", "메모리"),
    "doctor disk": ("disk", "디스크"),
    "doctor data": ("images", "이미지"),
    "doctor line ends": ("line ends", "줄 끝"),
    "doctor writing": ("writing", "쓰기 권한"),
    "python here": ("{version}, {bits} bit, {path}", "{version}, {bits}비트, {path}"),
    "few bits": (
        "NumPy no longer comes for 32 bit. Install the 64 bit Python from python.org and set the kit up with it.",
        "NumPy는 이제 32비트용이 없습니다. python.org에서 64비트 Python을 설치해 다시 준비하세요.",
    ),
    "packages here": ("all {count} of requirements.txt", "requirements.txt의 {count}개 모두"),
    "packages missing": ("missing: {names}", "없음: {names}"),
    "packages old": ("too old: {names}", "너무 오래됨: {names}"),
    "install": (
        "In the folder of requirements.txt: {python} -m pip install -r requirements.txt",
        "requirements.txt가 있는 폴더에서: {python} -m pip install -r requirements.txt",
    ),
    "no numpy": ("not installed", "설치되지 않음"),
    "numpy broken": ("cannot be imported: {error}", "가져올 수 없음: {error}"),
    "numpy again": (
        "Install it anew: {python} -m pip install --force-reinstall numpy",
        "다시 설치하세요: {python} -m pip install --force-reinstall numpy",
    ),
    "numpy here": (
        "NumPy {version} with {blas}; a product of two {size} x {size} matrices takes {milliseconds:.0f} ms on about "
        "{threads:.1f} of {cores} cores{settings}",
        "NumPy {version}, {blas}. {size} x {size} 행렬 둘의 곱에 {milliseconds:.0f} ms, 코어 {cores}개 중 약 "
        "{threads:.1f}개 사용{settings}",
    ),
    "numpy slow": (
        "This is far slower than a BLAS is: training will take minutes. Is the machine busy? Otherwise install NumPy "
        "anew: {python} -m pip install --force-reinstall numpy",
        "BLAS치고는 훨씬 느려서 학습에 몇 분이 걸립니다. 컴퓨터가 다른 일을 하고 있습니까? 아니라면 NumPy를 다시 설치하세요: "
        "{python} -m pip install --force-reinstall numpy",
    ),
    "tools work": ("{count} tried, all work", "{count}개 모두 작동"),
    "tools silent": ("they could not be tried: {error}", "시험하지 못함: {error}"),
    "no kernel": ("there is no kernel python3: {error}", "python3 커널이 없음: {error}"),
    "not installed": ("{name} is not installed", "{name}이(가) 설치되지 않음"),
    "kernel here": ("python3 starts this Python", "python3은 이 Python을 실행"),
    "kernel elsewhere": (
        "python3 starts {found}, and this Python is {expected}",
        "python3은 {found}을(를) 실행하는데 이 Python은 {expected}",
    ),
    "kernel gone": (
        "python3 is to start {found}, which does not run",
        "python3이 실행할 {found}이(가) 실행되지 않음",
    ),
    "kernel mend": (
        "{python} -m ipykernel install --sys-prefix, then restart Jupyter",
        "{python} -m ipykernel install --sys-prefix를 실행한 다음 Jupyter를 다시 시작하세요",
    ),
    "needs package": ("cannot be looked at without {name}", "{name} 없이는 볼 수 없음"),
    "autoreload works": ("a file that is saved counts in the next cell", "저장한 파일이 다음 셀부터 쓰임"),
    "autoreload fails": ("a file that is saved does not count: {error}", "저장한 파일이 쓰이지 않음: {error}"),
    "autoreload mend": (
        "Restart the kernel after each change of a file, or {python} -m pip install --upgrade ipython",
        "파일을 고칠 때마다 커널을 다시 시작하거나, {python} -m pip install --upgrade ipython을 실행하세요",
    ),
    "room": ("{free:.1f} GB free", "여유 {free:.1f} GB"),
    "room in": ("{free:.1f} GB free in {folder}", "{folder}에 여유 {free:.1f} GB"),
    "no room known": ("this system does not tell", "이 시스템에서는 알 수 없음"),
    "little memory": (
        "The sample takes {sample} GB and all of CIFAR-10 {full} GB: close other programs and other notebooks' kernels.",
        "샘플에는 {sample} GB, CIFAR-10 전체에는 {full} GB가 필요합니다. 다른 프로그램과 다른 노트북의 커널을 닫으세요.",
    ),
    "little disk": (
        "Saving takes {save} GB and fetching all of CIFAR-10 {full} GB: make room.",
        "저장에는 {save} GB, CIFAR-10 전체를 내려받는 데에는 {full} GB가 필요합니다. 공간을 마련하세요.",
    ),
    "data mend full": (
        "In the folder assignment1: python -m cs231n.datasets --repair. Or remove the folder {folder} to use the sample.",
        "assignment1 폴더에서 python -m cs231n.datasets --repair를 실행하세요. 샘플을 쓰려면 {folder} 폴더를 지우세요.",
    ),
    "data mend": (
        "Take the folder datasets/ from the kit once more, as it came.",
        "datasets/ 폴더를 원본에서 다시 가져오세요.",
    ),
    "line ends here": ("{count} scripts, ended as they came", "스크립트 {count}개, 받은 그대로"),
    "line ends none": ("there are no scripts here", "스크립트 없음"),
    "line ends changed": ("ended with CR and LF: {names}", "CR LF로 끝나는 것: {names}"),
    "line ends mend": (
        "bash cannot run these. Take them from the kit once more, or use python -m cs231n.submission and "
        "python -m cs231n.datasets, which do the same.",
        "bash가 실행할 수 없습니다. 원본에서 다시 가져오거나, 같은 일을 하는 python -m cs231n.submission과 "
        "python -m cs231n.datasets를 쓰세요.",
    ),
    "writing works": ("files can be made in {folders}", "파일을 만들 수 있음: {folders}"),
    "writing fails": ("no file can be made: {error}", "파일을 만들 수 없음: {error}"),
    "writing mend": (
        "Copy the kit into a folder of your own, or ask for the right to write there.",
        "자신의 폴더로 과제를 복사하거나, 그곳에 쓸 권한을 받으세요.",
    ),
    "not examined": ("could not be examined: {error}", "검사하지 못함: {error}"),
}
