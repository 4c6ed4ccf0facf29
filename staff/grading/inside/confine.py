"""A process gives up what it does not need, for good: memory and time, its user, and the calls that reach outside.

The filter is classic BPF as Linux takes it (``man 2 seccomp``); numbers of the calls are those of the kernel's tables
for x86_64 and for arm64.
"""

import ctypes
import os
import platform
import signal
import struct
import sys

# Calls that fail with EPERM: name, number on x86_64 and on arm64, None where there is no such call. What student code
# needs of the system is reading files and memory, and writing answers.
_DENIED = {
    # The network.
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    # Processes and threads, in which work would be hidden from who counts lines; other programs; signals.
    "clone": (56, 220), "clone3": (435, 435), "fork": (57, None), "vfork": (58, None),
    "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    # Memory and files of other processes.
    "pidfd_getfd": (438, 438), "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272),
    # Namespaces, mounts, the root, files that are devices or found without their path.
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "open_tree_attr": (467, 467),
    "move_mount": (429, 429), "fsopen": (430, 430),
    "mount_setattr": (442, 442), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "mknod": (133, None), "mknodat": (259, 33),
    # What stays behind in memory, or is shared with others.
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # Where the kernel itself is reached.
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "personality": (135, 92), "kexec_load": (246, 104),
    "init_module": (175, 105), "finit_module": (313, 273), "reboot": (169, 142), "syslog": (103, 116),
    # Clocks, limits and priorities: whoever is next in this sandbox would be slow.
    "settimeofday": (164, 170), "clock_settime": (227, 112), "prlimit64": (302, 261), "setpriority": (141, 140),
    "sched_setparam": (142, 118), "sched_setscheduler": (144, 119), "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274), "ioprio_set": (251, 30), "setpgid": (109, 154), "setsid": (112, 157),
    # What would undo what is asked for below, and what lets the disks of the whole machine wait.
    "prctl": (157, 167), "sync": (162, 81), "syncfs": (306, 267),
}  # fmt: skip
# Here only what lets the system send a signal to another process: F_SETOWN, F_SETSIG, F_SETOWN_EX.
_FCNTL, _FCNTL_DENIED = (72, 25), (8, 10, 15)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_ALLOW, _EPERM, _ENOSYS, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_ABOVE, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _SECOND = 0, 4, 24  # offsets in struct seccomp_data, the last of the second argument
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_SECCOMP_MODE_FILTER = 2


def filter_program(machine=None):
    """The filter of system calls, eight bytes an instruction; None for a `machine` whose calls are not listed here."""
    known = _ARCHITECTURES.get(machine or platform.machine())
    if known is None:
        return None
    column, architecture = known
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_ABOVE, 0, 1, 0x40000000),  # the x32 way of calling, and whatever else is no call
        (_RETURN, 0, 0, _ENOSYS),
    ]
    for numbers in _DENIED.values():
        if numbers[column] is not None:
            code += [(_JUMP_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _EPERM)]
    code += [(_JUMP_EQUAL, 0, 1 + 2 * len(_FCNTL_DENIED), _FCNTL[column]), (_LOAD, 0, 0, _SECOND)]
    for option in _FCNTL_DENIED:
        code += [(_JUMP_EQUAL, 0, 1, option), (_RETURN, 0, 0, _EPERM)]
    code.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def confine(limits, user=None, filtered=True):
    """Give up, in this order: memory, time, files and processes above the limits; the user; system calls.

    `limits` has a number for each resource, as ``AS`` in bytes and ``CPU`` in seconds; None is no limit. `user` is the
    number of user and group to become. Where an OSError says that something was not given up, no student code must run.
    """
    import resource  # Windows has none

    for name, value in limits.items():
        if value is None:
            continue
        number = getattr(resource, f"RLIMIT_{name}")
        before = resource.getrlimit(number)[1]  # which nobody but root may raise
        value = value if before == resource.RLIM_INFINITY else min(value, before)
        resource.setrlimit(number, (value, value))
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    if sys.platform != "linux":
        return
    die_with_parent()  # once more: a change of the user takes it back
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    code = filter_program() if filtered else None
    if code:
        held = ctypes.create_string_buffer(code, len(code))
        program = struct.pack("@HP", len(code) // 8, ctypes.addressof(held))
        _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_char_p(program))


def die_with_parent():
    """Ask the system to end this process when the one that started it ends, however that comes."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(option, *arguments):
    values = [value if isinstance(value, ctypes.c_char_p) else ctypes.c_ulong(value) for value in arguments]
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(option, *values, *[ctypes.c_ulong(0)] * (4 - len(values))):
        code = ctypes.get_errno()
        raise OSError(code, f"prctl({option}): {os.strerror(code)}")
