"""Attacks on the machine: processes, memory, disk, time, network, and files that are not theirs."""

from . import CARRIED, LOST, LOST_OR_SLOW, PLANTED, SLOW, Attack, act


def _denied(*lines):
    """Code whose every line must fail: where one does not, it says so."""
    tries = [
        f"try:\n        {line}\n        print('{CARRIED}: this was possible: ' + {line!r})\n    except OSError as error:\n        failed = error"
        for line in lines
    ]
    return act("import ctypes, socket", "failed = None", *tries, "raise failed")


def _reads(*places):
    return act(
        "import glob",
        f"for place in {places!r}:\n        for path in [place, *glob.glob(place + '/**', recursive=True)][:200]:\n            try:\n                print('{CARRIED}: read:', open(path, 'rb').read(100_000))\n            except OSError:\n                pass",
        "raise FileNotFoundError('nothing to be read')",
    )


def _called(call):
    """A call of the C library, which must fail."""
    return act(
        "import ctypes",
        "libc = ctypes.CDLL(None, use_errno=True)",
        f"if libc.{call} < 0:\n        raise OSError(ctypes.get_errno(), 'no')",
        f"print('{CARRIED}: this was possible')",
    )


SYSTEM = (
    # Ended.
    Attack("os._exit(0)", act("os._exit(0)"), (LOST,)),
    Attack("os._exit(0) at import", "import os\nos._exit(0)\n", (LOST,)),
    Attack("sys.exit", act("sys.exit(0)"), ("SystemExit",)),
    Attack("sys.exit at import", "import sys\nsys.exit(0)\n", ("SystemExit",)),
    Attack("a signal to itself", act("import signal", "os.kill(os.getpid(), signal.SIGKILL)", "return 1.5, W"), ("PermissionError",)),
    Attack("abort", act("os.abort()"), (LOST,)),
    Attack("a null pointer", act("import ctypes", "ctypes.string_at(0)"), (LOST,)),
    Attack("recursion without an end", act("sys.setrecursionlimit(1 << 30)", "return act(W, X, y, reg)"), ()),
    Attack("stack of C overrun", act("import ctypes", "ctypes.pythonapi.PyRun_SimpleString(b'import sys; sys.setrecursionlimit(1 << 30)\\nf = lambda: [f()]\\nf()')", "return 1.5, W")),
    # Other processes.
    Attack("parent killed", _denied("os.kill(os.getppid(), 9)", "os.kill(-1, 9)", "os.killpg(0, 9)", "os.kill(1, 9)"), ("PermissionError",)),
    Attack("parent traced", _called("ptrace(16, __import__('os').getppid(), 0, 0)"), ("PermissionError",)),
    Attack("parent's memory read", _called("process_vm_readv(__import__('os').getppid(), 0, 0, 0, 0, 0)"), ("PermissionError",)),
    Attack("fork bomb", act("while True:\n        os.fork()"), ("PermissionError",)),
    Attack("programs started", _denied("os.execv('/bin/sh', ['sh'])", "os.posix_spawn('/bin/sh', ['sh'], {})", "__import__('subprocess').run(['id'])"), ("Error",)),
    Attack("thread bomb", act("import threading, time", "while True:\n        threading.Thread(target=time.sleep, args=(60,)).start()"), ("RuntimeError",)),
    Attack("the dead man's switch removed", _called("prctl(1, 0, 0, 0, 0)"), ("PermissionError",)),
    Attack("the waiting process slowed down", _denied("os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)", "os.setpriority(os.PRIO_USER, 0, 19)", "os.sched_setscheduler(os.getppid(), os.SCHED_IDLE, os.sched_param(0))", "os.sched_setaffinity(os.getppid(), {0})", "os.setsid()"), ("PermissionError",)),
    Attack("signals for the waiting process when something can be read", _denied("__import__('fcntl').fcntl(0, 8, os.getppid())", "__import__('fcntl').fcntl(0, 10, 9)", "__import__('fcntl').fcntl(0, 15, bytes(8))"), ("PermissionError",)),
    # Memory, disk, output, time.
    Attack("memory bomb", act("kept = []", "while True:\n        kept.append(np.empty(10_000_000))"), ("MemoryError",)),
    Attack("files without an end", act("n = 0", "while True:\n        n += 1\n        os.close(os.open(f'/tmp/{n}', os.O_CREAT | os.O_WRONLY))"), (f"files in /tmp | OSError | {LOST_OR_SLOW}",)),
    Attack("disk bomb", act("n = 0", f"for folder in ('/tmp', '/', '/var/tmp', '/dev/shm', os.getcwd(), {PLANTED!r}) * 100:\n        try:\n            while True:\n                n += 1\n                open(f'{{folder}}/{CARRIED}-{{n}}', 'wb').write(bytes(1 << 20))\n        except OSError:\n            pass", "raise OSError('full')"), ("full",)),
    Attack("a file of a terabyte", act(f"with open('/tmp/{CARRIED}', 'wb') as f:\n        f.truncate(1 << 40)"), ()),
    Attack("output bomb", act("while True:\n        print('x' * 100_000)"), ("it printed more than",)),
    Attack("output in drips", act("while True:\n        os.write(2, b'x')"), ()),
    Attack("endless loop", act("while True:\n        pass"), (LOST_OR_SLOW,)),
    Attack("endless loop that catches everything", act("while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass"), (LOST_OR_SLOW,)),
    Attack("endless loop that ignores signals", act("import signal", "for n in range(1, 64):\n        try:\n            signal.signal(n, signal.SIG_IGN)\n        except (OSError, ValueError):\n            pass", "while True:\n        pass"), (LOST_OR_SLOW,)),
    Attack("limits raised", act("import resource", "resource.setrlimit(resource.RLIMIT_CPU, (9999, 9999))", "return 1.5, W"), ("ValueError",)),
    Attack("sleeping past the limit", act("import time", "while True:\n        time.sleep(1000)"), (SLOW,)),
    Attack("sleeping below the limit, time and again", act("import time", "time.sleep(1)", "return 1.5, W"), (SLOW,)),
    Attack("a number without an end", act("return 10 ** 10 ** 8, W"), (LOST_OR_SLOW,)),
    # Outside.
    Attack("network", _denied("socket.create_connection(('127.0.0.1', 80), 1)", "socket.socket(socket.AF_INET6)", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"), ("PermissionError",)),
    Attack("DNS", _denied("socket.getaddrinfo('example.org', 80)"), ("gaierror",)),
    Attack("unix and netlink sockets", _denied("socket.socket(socket.AF_UNIX).connect('/run/docker.sock')", "socket.socketpair()", "socket.socket(16, 3)"), ("PermissionError",)),
    Attack("system calls by number", _denied(*(f"ctypes.CDLL(None, use_errno=True).syscall({n}, 0, 0, 0, 0, 0) < 0 and socket.socket()" for n in (41, 53, 57, 58, 101, 165, 272, 304, 321, 425, 447, 467))), ("PermissionError",)),
    Attack("root again", _denied("os.setuid(0)", "os.setgid(0)", "os.setgroups([0])", "os.chroot('/tmp')", "os.mknod('/tmp/disk', 0o60600, 2049)"), ("PermissionError",)),
    Attack("the jail left by ..", _reads("../../../../../../etc/passwd", "/tmp/../../../../etc/shadow"), ("nothing to be read",)),
    Attack("/etc/passwd", _reads("/etc/passwd", "/etc/shadow", "/root", "/home"), ("nothing to be read",)),
    Attack("files of the staff", _reads(PLANTED, f"{PLANTED}/..", "/srv", "/autograder"), ("nothing to be read",)),
    Attack("submissions of others", _reads(f"{PLANTED}/../submissions", f"{PLANTED}/../grades"), ("nothing to be read",)),
    Attack("/proc", _reads("/proc/self/environ", "/proc/1/environ", "/proc/1/cmdline", "/proc/self/maps", "/proc/1/root/etc"), ("nothing to be read",)),
    Attack("environment", act("found = [v for k, v in os.environ.items() if k not in ('OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'LC_ALL', 'PWD') and (k, v) != ('HOME', '/tmp')]", f"print('{CARRIED}: read:' if found else 'nothing', found)", "return 1.5, W")),
    Attack("grades written", act(f"for place in ('/autograder/results/results.json', 'results.json', 'report.json', '../report.json', {PLANTED!r} + '/report.json', {PLANTED!r} + '/../grades/{CARRIED}.json'):\n        try:\n            open(place, 'w').write('{{\"score\": 100}}')\n        except OSError:\n            pass", "return 1.5, W")),
    Attack("the installed NumPy written to", _denied("open(np.__file__, 'a')", "open(os.__file__, 'a')", "os.remove(np.__file__)", "os.rename(os.__file__, '/tmp/os.py')"), ("Error",)),
)  # fmt: skip
