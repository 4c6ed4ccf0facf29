"""Whether processes may take as much of their address space as browsers do, which is far more than any memory."""

try:
    import resource
except ImportError:  # Windows knows no such limit
    HAS_ROOM = True
else:
    HAS_ROOM = resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
