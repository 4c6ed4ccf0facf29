"""The classic flow, written anew from its description: float64 throughout, and a copy at each step.

Batches of CIFAR-10 become floats one by one and are joined; sets are cut out by lists of indices; a column of ones is
stacked on by a copy; training draws batches from all of that; the search trains 4 pairs with 1,500 updates each.
"""

__all__ = ["CELLS", "GRID", "load", "train"]

GRID = [(rate, reg) for rate in (1e-7, 5e-5) for reg in (2.5e4, 5e4)]  # half of it diverges
UPDATES = 1500


def load(folder, sizes=(49000, 1000, 1000)):
    """Training, validation and test set with the mean subtracted and a column of ones.

    Parameters
    ----------
    folder : path
        With ``cifar-10-batches-py``.
    sizes : tuple of int
        Of the three sets.

    Returns
    -------
    X_train, X_val, X_test : ndarray of float64, shape (N, 3073)
    y_train, y_val, y_test : ndarray of int
    """
    import pickle
    import warnings

    import numpy as np

    def batch(name):
        with open(f"{folder}/cifar-10-batches-py/{name}", "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = pickle.load(file, encoding="latin1")
        images = content["data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1).astype("float")
        return images, np.array(content["labels"])

    parts = [batch(f"data_batch_{number}") for number in range(1, 6)]
    X_train, y_train = (np.concatenate([part[position] for part in parts]) for position in (0, 1))
    del parts  # as each name that is given anew below: what was bound to it before is freed
    X_test, y_test = batch("test_batch")
    train, val, test = (list(range(size)) for size in sizes)
    val = [len(train) + number for number in val]
    X_val, y_val = X_train[val], y_train[val]
    X_train, y_train = X_train[train], y_train[train]
    X_test, y_test = X_test[test], y_test[test]
    X_train, X_val, X_test = (np.reshape(X, (len(X), -1)) for X in (X_train, X_val, X_test))
    mean_image = np.mean(X_train, axis=0)
    for X in (X_train, X_val, X_test):
        X -= mean_image
    X_train = np.hstack([X_train, np.ones((len(X_train), 1))])
    X_val = np.hstack([X_val, np.ones((len(X_val), 1))])
    X_test = np.hstack([X_test, np.ones((len(X_test), 1))])
    return X_train, X_val, X_test, y_train, y_val, y_test


def svm_loss(W, X, y, reg):
    """Loss and gradient, indexed, as most finished solutions have it."""
    import numpy as np

    rows = np.arange(X.shape[0])
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[rows, y].reshape(-1, 1) + 1)
    margins[rows, y] = 0
    mask = np.zeros(margins.shape)
    mask[margins > 0] = 1
    mask[rows, y] = -np.sum(mask, axis=1)
    loss = np.sum(margins) / X.shape[0] + reg * np.sum(W * W)
    return loss, X.T.dot(mask) / X.shape[0] + 2 * reg * W


def train(X, y, learning_rate, reg, num_iters=UPDATES, batch_size=200, seed=0):
    """Weights after `num_iters` updates at a constant rate."""
    import numpy as np

    rng = np.random.default_rng(seed)
    W = 0.001 * rng.standard_normal((X.shape[1], int(np.max(y)) + 1))
    for _ in range(num_iters):
        rows = rng.choice(X.shape[0], batch_size)
        _, dW = svm_loss(W, X[rows], y[rows], reg)
        W -= learning_rate * dW
    return W


# The notebook of the classic flow, cell by cell, as (name, source).
CELLS = [
    (
        "setup",
        "import numpy as np\nimport matplotlib.pyplot as plt\n%matplotlib inline\n"
        "from benchmarks import classic\nrng = np.random.default_rng(0)",
    ),
    ("load and preprocess", "X_train, X_val, X_test, y_train, y_val, y_test = classic.load(FOLDER, SIZES)"),
    (
        "samples",
        "figure, axes = plt.subplots(7, 10)\n"
        "for column in range(10):\n"
        "    rows = rng.choice(np.flatnonzero(y_train == column), 7)\n"
        "    for axis, row in zip(axes[:, column], rows):\n"
        "        image = X_train[row, :-1].reshape(32, 32, 3)\n"
        "        axis.imshow((image - image.min()) / np.ptp(image))\n"
        "        axis.axis('off')\n"
        "plt.show()",
    ),
    ("development set", "rows = rng.choice(len(X_train), 500)\nX_dev, y_dev = X_train[rows], y_train[rows]"),
    (
        "loop",
        "def naive(W, X, y, reg):\n"
        "    loss, dW = 0.0, np.zeros(W.shape)\n"
        "    for i in range(len(X)):\n"
        "        scores = X[i].dot(W)\n"
        "        for j in range(W.shape[1]):\n"
        "            margin = scores[j] - scores[y[i]] + 1\n"
        "            if j != y[i] and margin > 0:\n"
        "                loss += margin\n"
        "                dW[:, j] += X[i]\n"
        "                dW[:, y[i]] -= X[i]\n"
        "    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W\n"
        "W = 0.0001 * rng.standard_normal((3073, 10))\n"
        "loss, grad = naive(W, X_dev, y_dev, 5e-6)",
    ),
    (
        "gradient check",
        "for reg in (0.0, 5e1):\n"
        "    loss, grad = naive(W, X_dev, y_dev, reg)\n"
        "    for _ in range(10):\n"
        "        at = tuple(rng.integers(size) for size in W.shape)\n"
        "        old = W[at]\n"
        "        W[at] = old + 1e-5\n"
        "        above = naive(W, X_dev, y_dev, reg)[0]\n"
        "        W[at] = old - 1e-5\n"
        "        below = naive(W, X_dev, y_dev, reg)[0]\n"
        "        W[at] = old\n"
        "        print((above - below) / 2e-5, grad[at])",
    ),
    ("vectorized", "loss, grad = naive(W, X_dev, y_dev, 5e-6)\nloss, grad = classic.svm_loss(W, X_dev, y_dev, 5e-6)"),
    ("train", "W = classic.train(X_train, y_train, 1e-7, 2.5e4)"),
    (
        "accuracy",
        "def accuracy(W, X, y):\n    return np.mean(np.argmax(X.dot(W), axis=1) == y)\n"
        "print(accuracy(W, X_train, y_train), accuracy(W, X_val, y_val))",
    ),
    (
        "tune",
        "results, best_val = {}, -1\n"
        "for rate, reg in classic.GRID:\n"
        "    W = classic.train(X_train, y_train, rate, reg)\n"
        "    results[rate, reg] = accuracy(W, X_train, y_train), accuracy(W, X_val, y_val)\n"
        "    if results[rate, reg][1] > best_val:\n"
        "        best_val, best_W = results[rate, reg][1], W",
    ),
    (
        "tuning picture",
        "for position in (0, 1):\n"
        "    points = np.log10(list(results))\n"
        "    plt.scatter(*points.T, 100, c=[pair[position] for pair in results.values()])\n"
        "    plt.show()",
    ),
    ("test", "test_accuracy = accuracy(best_W, X_test, y_test)"),
    (
        "weights",
        "figure, axes = plt.subplots(2, 5)\n"
        "for axis, template in zip(axes.ravel(), best_W[:-1].T):\n"
        "    axis.imshow((template.reshape(32, 32, 3) - best_W.min()) / np.ptp(best_W))\n"
        "plt.show()",
    ),
]
