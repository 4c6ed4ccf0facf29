"""Pictures of the forms' times: against the number of samples, and under the machine's roofs."""

import matplotlib.pyplot as plt
import numpy as np

# One colour and one mark a form, told apart without colour as well.
_STYLES = {
    "loop": ("tab:red", "o"),
    "one-hot, float64 ones": ("tab:purple", "v"),
    "one-hot": ("tab:orange", "^"),
    "indexed": ("tab:blue", "s"),
    "row blocks": ("tab:green", "D"),
    "two BLAS passes": ("0.3", None),
}


def plot_times(times, title):
    """Plot the time of a call against the number of samples, a panel for each dtype.

    Parameters
    ----------
    times : dict of str to dict of int to dict of str to float
        Milliseconds, by dtype, N and form.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, axes = plt.subplots(1, len(times), figsize=(11, 5), sharey=True, squeeze=False, layout="constrained")
    for ax, (dtype, by_size) in zip(axes[0], times.items(), strict=True):
        sizes = list(by_size)
        for form, (color, marker) in _STYLES.items():
            points = [(size, by_size[size][form]) for size in sizes if form in by_size[size]]
            if points:
                line = "--" if marker is None else "-"
                ax.plot(*zip(*points, strict=True), color=color, marker=marker, linestyle=line, label=form)
        ax.set(title=dtype, xlabel="N, number of samples", xscale="log", yscale="log")
        ax.set_xticks(sizes, [f"{size:,}" for size in sizes])
        ax.minorticks_off()
        ax.grid(True, alpha=0.25)
    axes[0, 0].set_ylabel("milliseconds a call")
    handles = {line.get_label(): line for ax in axes[0] for line in ax.lines}
    names = [form for form in _STYLES if form in handles]
    fig.legend([handles[name] for name in names], names, loc="outside lower center", ncols=len(names))
    fig.suptitle(title)
    return fig


def plot_roofline(points, machine, title):
    """Plot the speed of each form over its arithmetic intensity, under the two roofs of the machine.

    The picture is the roofline model of Williams, Waterman and Patterson, "Roofline: an insightful visual performance
    model for multicore architectures", Communications of the ACM 52 (4), 2009.

    Parameters
    ----------
    points : dict of str to (float, float)
        For each form, the operations it carries out per byte of X that it moves, and operations a second.
    machine : Machine
        Operations a second and bytes a second at most.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    fig, ax = plt.subplots(figsize=(8, 5), layout="constrained")
    intensities = [intensity for intensity, _ in points.values()]
    ridge = machine.flops / machine.bandwidth
    reach = np.geomspace(min(intensities) / 4, 8 * max(ridge, *intensities), 200)
    roof = np.minimum(machine.flops, machine.bandwidth * reach) / 1e9
    ax.plot(reach, roof, color="black", linewidth=2)
    ax.fill_between(reach, roof, roof.max() * 3, color="0.9", zorder=0)
    slope = f"{machine.bandwidth / 1e9:.0f} GB/s from main memory"
    ax.annotate(slope, (ridge / 3, machine.flops / 3e9), (-6, 4), textcoords="offset points", ha="right")
    flat = f"{machine.flops / 1e9:.0f} GFLOP/s in large products"
    ax.annotate(flat, (reach[-1], machine.flops / 1e9), (-4, 5), textcoords="offset points", ha="right")
    for form, (intensity, speed) in points.items():
        color, marker = _STYLES[form]
        ax.plot(intensity, speed / 1e9, color=color, marker=marker or "*", markersize=10, linestyle="none", label=form)
    ax.set(
        xlabel="arithmetic intensity (operations for each byte of X that is moved)",
        ylabel="speed (GFLOP/s)",
        xscale="log",
        yscale="log",
        xlim=(reach[0], reach[-1]),
        ylim=(min(speed for _, speed in points.values()) / 2.5e9, roof.max() * 2),
        title=title,
    )
    ax.grid(True, which="both", alpha=0.2)
    ax.legend(loc="lower right")
    return fig
