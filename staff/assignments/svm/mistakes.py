"""Mistakes in the SVM's loss functions and in `LinearClassifier`, most of them seen in public solutions."""

from ...authoring.mistake import Mistake

_OWN, _CORRECT = "dW[:, j] += X[i]\n", "                dW[:, y[i]] -= X[i]\n"
_INNER_LOOP = "        scores = X[i] @ W\n        for j in range(num_classes):\n            if j != "
_CLASSES = "for j in range(num_classes):\n            if j "
_LOOPS = f"for i in range(num_train):\n{_INNER_LOOP}"
_NAIVE_SUM = "dW = dW / num_train + 2 * reg * W"
_ROW_SUM = "coefficients[samples, y] = -np.sum(coefficients, axis=1)"
_SUM = "dW = X.T @ coefficients / num_train + 2 * reg * W"
_LOSS = "loss = float(np.sum(margins) / num_train + reg * np.sum(W * W))"
_MASK = "coefficients = (margins > 0).astype(scores.dtype)"
_ROWS = "rows = rng.choice(num_train, batch_size)"
_BATCH = "X_batch, y_batch = X[rows], y[rows]"
_STEP = "step = -learning_rate * dW"
_PREDICT = "y_pred = np.argmax(X @ self.W, axis=1)"

_NAIVE = [
    # the gradient's regularizer
    Mistake("no factor 2", ("gradient.regularizer.factor-1",), (("2 * reg * W", "reg * W"),)),
    Mistake("no regularizer", ("gradient.regularizer.missing",), ((" + 2 * reg * W", ""),)),
    Mistake("regularizer taken off", ("gradient.regularizer.sign",), (("+ 2 * reg", "- 2 * reg"),)),
    Mistake("regularizer without reg", ("gradient.regularizer.without-reg",), (("2 * reg * W", "2 * W"),)),
    Mistake("regularizer divided by N", ("gradient.regularizer.divided-by-n",), ((_NAIVE_SUM, "dW = (dW + 2 * reg * W) / num_train"),)),
    Mistake("the loss's regularizer added to each entry", ("gradient.regularizer.the-loss",), (("2 * reg * W", "reg * np.sum(W * W)"),)),
    Mistake("the norm added to each entry", ("gradient.regularizer.the-norm",), (("2 * reg * W", "reg * np.linalg.norm(W)"),)),
    Mistake("no factor 2, and mean after the regularizer", ("gradient.regularizer.divided-by-n", "gradient.regularizer.besides-factor-1"), ((_NAIVE_SUM, "dW = (dW + reg * W) / num_train"),)),
    Mistake("W squared in the gradient", ("gradient.regularizer.squared",), (("2 * reg * W", "reg * W**2"),)),
    Mistake("the margin added in place of the sample, and no regularizer", ("gradient.regularizer.not-there",), ((_OWN, "dW[:, j] += scores[j] - scores[y[i]] + 1\n"), (_CORRECT, ""), (_NAIVE_SUM, ""))),
    Mistake("a numerical gradient in place of the analytic one", ("gradient.numerical",), ((_NAIVE_SUM, "def data_loss(W):\n        scores = X @ W\n        return np.maximum(0, scores - scores[range(num_train), y][:, None] + 1).sum() / num_train\n\n    for index in np.ndindex(*W.shape):\n        step = np.zeros(W.shape)\n        step[index] = 1e-5\n        dW[index] = (data_loss(W + step) - data_loss(W - step)) / 2e-5\n    dW = dW + 2 * reg * W",),)),
    # the loss's regularizer
    Mistake("W times its transpose", ("loss.regularizer.matrix-product-rows",), (("np.sum(W * W)", "np.sum(W.dot(W.T))"),)),
    Mistake("the regularizer added twice, once divided by N", ("loss.regularizer.mixed",), (("loss /= num_train", "loss = (loss + reg * np.sum(W * W)) / num_train"),)),
    Mistake("one half in the loss only", ("loss.regularizer.factor-0.5",), (("reg * np.sum(W", "0.5 * reg * np.sum(W"),)),
    Mistake("one half in the loss, and none in the gradient", ("loss.regularizer.factor-0.5", "gradient.regularizer.missing"), (("reg * np.sum(W", "0.5 * reg * np.sum(W"), (" + 2 * reg * W", ""))),
    # the correct class's column
    Mistake("correct class never touched", ("gradient.correct-class.missing",), ((_CORRECT, ""),)),
    Mistake("correct class never touched, no factor 2", ("gradient.correct-class.missing", "gradient.regularizer.factor-1"), ((_CORRECT, ""), ("2 * reg * W", "reg * W"))),
    Mistake("correct class once a sample, no mean", ("gradient.correct-class.once-a-sample", "gradient.mean.missing"), ((_CORRECT, "        dW[:, y[i]] -= X[i]\n"), ("dW / num_train", "dW"))),
    Mistake("correct class once for each violating sample", ("gradient.correct-class.once-a-sample",), ((_CORRECT, "        dW[:, y[i]] -= X[i] * np.any(np.delete(scores - scores[y[i]] + 1, y[i]) > 0)\n"),)),
    Mistake("correct class with the wrong sign", ("gradient.correct-class.sign",), (("-= X[i]", "+= X[i]"),)),
    Mistake("violating classes with the wrong sign, correct class never touched, no mean", ("gradient.violating-classes.sign", "gradient.correct-class.missing", "gradient.mean.missing"), ((_OWN + _CORRECT, "dW[:, j] -= X[i]\n"), ("dW / num_train", "dW"))),
    Mistake("violating classes never touched", ("gradient.violating-classes.missing",), ((_OWN, "pass\n"),)),
    # the rest of the gradient's data term
    Mistake("no mean in the gradient", ("gradient.mean.missing",), (("dW / num_train", "dW"),)),
    Mistake("mean for the correct class only", ("gradient.mean.missing-for-violating-classes",), (("-= X[i]", "-= X[i] / num_train"), ("dW / num_train", "dW"))),
    Mistake("mean twice", ("gradient.mean.twice",), (("dW / num_train", "dW / num_train / num_train"),)),
    Mistake("gradient with the wrong sign", ("gradient.data.sign",), (("dW[:, j] += X[i]", "dW[:, j] -= X[i]"), ("dW[:, y[i]] -= X[i]", "dW[:, y[i]] += X[i]"))),
    Mistake("margin's value in place of the indicator", ("gradient.indicator.values",), (("dW[:, j] += X[i]", "dW[:, j] += X[i] * (scores[j] - scores[y[i]] + 1)"), ("-= X[i]", "-= X[i] * (scores[j] - scores[y[i]] + 1)"),)),
    Mistake("each sample overwrites the last", ("gradient.samples.last-sample", "gradient.mean.missing"), (("    scores = X[i] @ W\n        for j in range(num_classes):\n            if j != ", "    scores, dW = X[i] @ W, np.zeros_like(W)\n        for j in range(num_classes):\n            if j != ",), ("dW / num_train", "dW"),)),
    Mistake("each sample overwrites its columns", ("gradient.samples.overwritten",), (("dW[:, j] += X[i]", "dW[:, j] = X[i]"), ("dW[:, y[i]] -= X[i]", "dW[:, y[i]] = -X[i]"))),
    Mistake("mean in the loop over the samples", ("gradient.samples.divided-in-loop",), ((_NAIVE_SUM, "    dW /= num_train\n    dW += 2 * reg * W"),)),
    Mistake("every class counted, violating or not", ("gradient.indicator.zero-counted",), ((" and scores[j] - scores[y[i]] + 1 > 0", ""),)),
    Mistake("correct class for every other class", ("gradient.correct-class.zero-counted",), ((_CORRECT, "            if j != y[i]:\n                dW[:, y[i]] -= X[i]\n"),)),
    Mistake("violating classes by their margin's value", ("gradient.violating-classes.values",), (("dW[:, j] += X[i]", "dW[:, j] += X[i] * (scores[j] - scores[y[i]] + 1)"),)),
    Mistake("regularizer of the gradient in the loop", ("gradient.regularizer.times-n",), ((_INNER_LOOP, "        dW += 2 * reg * W * num_train\n" + _INNER_LOOP), (" + 2 * reg * W", ""),)),
    # what the loops leave out, or bring with them
    Mistake("the first class left out", ("loss.classes.without-first-class", "gradient.classes.without-first-class"), ((_CLASSES + "=", _CLASSES.replace("(", "(1, ") + "="), (_CLASSES + "!", _CLASSES.replace("(", "(1, ") + "!"))),
    Mistake("the last class left out", ("gradient.classes.without-last-class",), ((_CLASSES + "!", _CLASSES.replace("classes", "classes - 1") + "!"),)),
    Mistake("the first sample left out", ("gradient.samples.without-first-sample",), ((_LOOPS, _LOOPS.replace("(", "(1, ", 1)),)),
    Mistake("the last sample left out", ("gradient.samples.without-last-sample",), ((_LOOPS, _LOOPS.replace("train", "train - 1")),)),
    Mistake("break for continue", ("loss.classes.before-label",), (("continue", "break"),)),
    Mistake("break for continue, in the gradient", ("gradient.classes.before-label",), ((_CLASSES + "!", _CLASSES.replace("\n", "\n            if j == y[i]:\n                break\n") + "!"),)),
    Mistake("scores of the loop above", ("gradient.margin.last-scores",), ((_LOOPS, _LOOPS.replace("        scores = X[i] @ W\n", "")),)),
    Mistake("margin of the loop above", ("gradient.indicator.last-margin",), (("scores[j] - scores[y[i]] + 1 > 0:", "margin > 0:"),)),
    Mistake("regularizer of the gradient once a class", ("gradient.regularizer.times-c",), ((_CLASSES + "!", _CLASSES.replace("\n", "\n            dW += 2 * reg * W\n") + "!"), (" + 2 * reg * W", ""))),
    Mistake("regularizers once a wrong class", ("loss.regularizer.times-wrong-classes", "gradient.regularizer.times-wrong-classes"), (("                continue\n", "                continue\n            loss += reg * np.sum(W * W)\n"), ("    loss += reg * np.sum(W * W)\n\n", "\n"), ("+ 2 * reg", "+ 2 * reg * (num_classes - 1)"))),
    Mistake("regularizers once a sample and class, no mean", ("loss.regularizer.times-nc", "gradient.regularizer.times-n-wrong-classes"), (("loss += reg", "loss += num_train * num_classes * reg"), ("+ 2 * reg", "+ 2 * reg * num_train * (num_classes - 1)"))),
    Mistake("regularizer once a positive margin", ("loss.regularizer.per-violation", "gradient.regularizer.per-violation"), (("loss += margin\n", "loss += margin + reg * np.sum(W * W)\n"), ("    loss += reg * np.sum(W * W)\n\n", "\n"), (_CORRECT, _CORRECT + "                dW += 2 * reg * W\n"), (" + 2 * reg * W", ""))),
    # what raises
    Mistake("an array of integers for the gradient", ("runs.integers",), (("np.zeros_like(W)", "np.zeros(W.shape, dtype=int)"),)),
    Mistake("a gradient of shape (C, D)", ("runs.transposed",), (("np.zeros_like(W)", "np.zeros((num_classes, W.shape[0]))"), ("dW[:, j]", "dW[j]"), ("dW[:, y[i]]", "dW[y[i]]"))),
    Mistake("a sample for all columns", ("runs.sample-for-all",), (("dW[:, j] += X[i]", "dW += X[i]"),)),
    Mistake("a row of the gradient", ("runs.row-of-w",), (("dW[:, j]", "dW[j]"),)),
    Mistake("a column of X", ("runs.column-of-x",), (("+= X[i]", "+= X[:, i]"),)),
    Mistake("the sample of a class", ("runs.class-for-sample",), (("+= X[i]", "+= X[j]"),)),
    Mistake("the column of a sample", ("runs.sample-for-class",), (("dW[:, y[i]]", "dW[:, i]"),)),
    Mistake("the columns of all labels", ("runs.columns-of-labels",), (("dW[:, y[i]]", "dW[:, y]"),)),
    Mistake("the label of the next sample", ("runs.one-too-far",), (("scores[y[i]] + 1 > 0", "scores[y[i + 1]] + 1 > 0"),)),
    Mistake("memory that is not set", ("repeat.memory",), (("np.zeros_like(W)", "np.empty_like(W)"),)),
    # the loss
    Mistake("no delta in the loss", ("loss.margin.no-delta",), (("scores[y[i]] + 1  #", "scores[y[i]]  #"),)),
    Mistake("the correct class not left out of the loss", ("loss.correct-class.own-margin",), (("            if j == y[i]:\n                continue\n", ""),)),
    Mistake("a sum that begins at 1", ("loss.constant.once",), (("loss = 0.0", "loss = 1.0"),)),
    Mistake("squared hinge in the loss", ("loss.hinge.squared",), (("loss += margin", "loss += margin**2"),)),
    Mistake("no mean in the loss", ("loss.mean.missing",), (("    loss /= num_train\n", ""),)),
    Mistake("mean after the regularizer", ("loss.regularizer.divided-by-n",), (("    loss /= num_train\n    loss += reg * np.sum(W * W)\n", "    loss += reg * np.sum(W * W)\n    loss /= num_train\n",),)),
    # conduct
    Mistake("gradient in W itself", ("result.gradient-is-input", "inputs.changed"), ((_NAIVE_SUM, _NAIVE_SUM + "\n    W[:] = dW\n    dW = W"),)),
    Mistake("W changed in place", ("inputs.changed",), ((_NAIVE_SUM, _NAIVE_SUM + "\n    W -= 0.1 * dW"),)),
    Mistake("y changed in place", ("inputs.changed",), ((_NAIVE_SUM, _NAIVE_SUM + "\n    y += 1"),)),
    Mistake("X changed in place", ("inputs.changed",), ((_NAIVE_SUM, _NAIVE_SUM + "\n    X -= X.mean(axis=0)"),)),
    Mistake("gradient of integers", ("result.gradient-integer",), ((_NAIVE_SUM, _NAIVE_SUM.replace("dW =", "dW = (", 1) + ").astype(int)"),)),
    Mistake("gradient of the transposed shape", ("result.gradient-shape",), ((_NAIVE_SUM, f"{_NAIVE_SUM}\n    dW = dW.T"),)),
    Mistake("a random sample of the classes", ("repeat.global-random",), ((_NAIVE_SUM, _NAIVE_SUM + " + 1e-3 * np.random.randn(*W.shape)"),)),
]  # fmt: skip

_VECTORIZED = [
    # the loss
    Mistake("no regularizer in the loss", ("loss.regularizer.missing",), ((" + reg * np.sum(W * W)", ""),)),
    Mistake("twice the regularizer in the loss", ("loss.regularizer.factor-2",), (("reg * np.sum", "2 * reg * np.sum"),)),
    Mistake("the norm itself as regularizer", ("loss.regularizer.norm",), (("np.sum(W * W)", "np.linalg.norm(W)"),)),
    Mistake("absolute weights as regularizer", ("loss.regularizer.absolute",), (("np.sum(W * W)", "np.sum(np.abs(W))"),)),
    Mistake("the sum of W, squared", ("loss.regularizer.sum-squared",), (("np.sum(W * W)", "np.sum(W) ** 2"),)),
    Mistake("a mean as regularizer, in loss and gradient", ("loss.regularizer.mean-of-squares", "gradient.regularizer.mean-of-squares"), (("np.sum(W * W)", "np.mean(W * W)"), ("2 * reg * W", "2 * reg * W / W.size"))),
    Mistake("the transpose of W times W", ("loss.regularizer.matrix-product-columns",), (("np.sum(W * W)", "np.sum(W.T @ W)"),)),
    Mistake("a loss of its own, without the regularizer", ("loss.regularizer.not-there",), ((_LOSS, "loss = float(np.sum(margins**3))"),)),
    Mistake("margins cut off for the loss only", ("gradient.indicator.not-clipped",), ((_MASK, "coefficients = scores - correct_scores + 1\n    coefficients[samples, y] = 0\n    coefficients[coefficients > 0] = 1",),)),
    Mistake("the loss is divided by what it should become", ("loss.data.missing",), (("np.sum(margins) / num_train", "0 / np.sum(margins)"),)),
    Mistake("no mean in the loss", ("loss.mean.missing",), (("np.sum(margins) / num_train", "np.sum(margins)"),)),
    Mistake("mean over samples and classes", ("loss.mean.over-n-times-c",), (("np.sum(margins) / num_train", "np.mean(margins)"),)),
    Mistake("mean over the columns of X", ("loss.mean.over-features", "gradient.mean.over-features"), (("num_train = X.shape[0]", "num_train = X.shape[1]"), ("np.arange(num_train)", "np.arange(len(X))"))),
    Mistake("divided by 500, the size of the development set", ("loss.mean.fixed-500", "gradient.mean.fixed-500"), (("num_train = X.shape[0]", "num_train = 500"), ("np.arange(num_train)", "np.arange(len(X))"))),
    Mistake("delta of 2", ("loss.margin.delta-2", "gradient.margin.delta-2"), (("correct_scores + 1", "correct_scores + 2"),)),
    Mistake("positive margins counted in the loss", ("loss.hinge.counted",), (("np.sum(margins)", "np.sum(margins > 0)"),)),
    Mistake("no delta", ("loss.margin.no-delta", "gradient.margin.no-delta"), (("correct_scores + 1", "correct_scores"),)),
    Mistake("delta on the correct score", ("loss.margin.delta-sign", "gradient.margin.delta-sign"), (("scores - correct_scores + 1", "scores - (correct_scores + 1)"),)),
    Mistake("margins the wrong way round", ("loss.margin.reversed", "gradient.margin.reversed"), (("scores - correct_scores + 1", "correct_scores - scores + 1"),)),
    Mistake("margins not cut off", ("loss.hinge.not-cut",), ((_LOSS, _LOSS.replace("margins", "(scores - correct_scores + 1)") + "\n    loss -= 1"),)),
    Mistake("whole columns set to zero", ("loss.samples.columns-zeroed", "gradient.samples.columns-zeroed"), (("margins[samples, y] = 0", "margins[:, y] = 0"),)),
    Mistake("mean over classes", ("loss.mean.over-classes",), (("np.sum(margins) / num_train", "np.mean(np.sum(margins, axis=0))"),)),
    Mistake("argmax for maximum", ("loss.hinge.argmax-1",), (("np.sum(margins)", "np.sum(np.argmax(scores - correct_scores + 1, axis=1))"),)),
    Mistake("max for maximum", ("loss.hinge.max-0",), (("np.sum(margins)", "np.sum(np.max(np.maximum(0, scores - correct_scores + 1), axis=0))"),)),
    Mistake("only the largest margin in the loss", ("loss.hinge.largest-only",), (("np.sum(margins)", "np.sum(np.max(margins, axis=1))"),)),
    Mistake("squared hinge throughout", ("loss.hinge.squared", "gradient.hinge.squared"), (("np.sum(margins)", "np.sum(margins**2)"), (_MASK, "coefficients = 2 * margins"))),
    Mistake("whole columns of scores", ("runs.samples-by-samples", "loss.margin.label-columns", "gradient.margin.label-columns"), (("scores[samples, y][:, np.newaxis]", "scores[:, y]"),)),
    Mistake("whole rows of scores", ("runs.class-for-sample", "loss.margin.label-rows", "gradient.margin.label-rows"), (("scores[samples, y][:, np.newaxis]", "scores[y]"),)),
    Mistake("the scores themselves", ("loss.margin.own-scores", "gradient.indicator.zero-counted"), (("scores[samples, y][:, np.newaxis]", "scores[samples]"),)),
    Mistake("correct scores as one row", ("runs.number-a-row", "loss.margin.wrong-axis", "gradient.margin.wrong-axis"), (("[:, np.newaxis]", "[np.newaxis]"),)),
    Mistake("a mask of booleans, subtracted from", ("runs.booleans",), ((_MASK, "coefficients = margins > 0"), (_ROW_SUM, _ROW_SUM.replace("= -", "-= ")))),
    Mistake("rows and labels swapped", ("runs.numbers-swapped",), (("scores[samples, y]", "scores[y, samples]"),)),
    Mistake("whole rows set to zero", ("runs.class-for-sample",), (("margins[samples, y]", "margins[y]"),)),
    Mistake("whole rows of the mask set", ("runs.rows-of-labels",), (("coefficients[samples, y]", "coefficients[y]"),)),
    Mistake("the mask's sums over the samples", ("runs.sums",), (("-np.sum(coefficients, axis=1)", "-np.sum(coefficients, axis=0)"),)),
    Mistake("as many row numbers as classes", ("runs.index-arrays",), (("num_train = X.shape[0]", "num_train = W.shape[1]"),)),
    Mistake("a gradient of shape (C, D)", ("runs.transposed",), (("X.T @ coefficients", "coefficients.T @ X"),)),
    Mistake("memory that is not set", ("repeat.memory",), ((_MASK, "coefficients = np.empty(scores.shape)\n    coefficients[margins > 0] = 1"),)),
    Mistake("the first class left out", ("loss.classes.without-first-class",), (("np.sum(margins)", "np.sum(margins[:, 1:])"),)),
    Mistake("the last sample left out", ("loss.samples.without-last-sample",), (("np.sum(margins)", "np.sum(margins[:-1])"),)),
    Mistake("the margins' values, and the correct class never touched", ("gradient.indicator.values", "gradient.correct-class.missing"), ((_SUM, _SUM.replace("coefficients", "margins")),)),
    Mistake("correct scores without a new axis", ("runs.number-a-row", "loss.margin.wrong-axis", "gradient.margin.wrong-axis"), (("scores[samples, y][:, np.newaxis]", "scores[samples, y]"),)),
    # the correct class
    Mistake("own margin left in, and counted in the row sum", ("loss.correct-class.own-margin", "gradient.correct-class.counts-itself"), (("    margins[samples, y] = 0\n", ""),)),
    Mistake("own margin taken off the loss afterwards, and still counted in the row sum", ("gradient.correct-class.counts-itself",), (("    margins[samples, y] = 0\n", ""), (_LOSS, _LOSS + " - 1"))),
    Mistake("own margin taken off though it was never in", ("loss.constant.taken-off",), ((_LOSS, _LOSS + " - 1"),)),
    Mistake("a number taken off, and no mean", ("loss.constant.taken-off", "loss.mean.missing"), (("np.sum(margins) / num_train", "(np.sum(margins) - 1)"),)),
    Mistake("mask >= 0 on the margins that were cut off", ("gradient.indicator.zero-counted", "gradient.correct-class.counts-itself"), (("margins > 0", "margins >= 0"),)),
    Mistake("the mask's product added twice", ("gradient.violating-classes.twice",), ((_ROW_SUM, f"before = X.T @ coefficients\n    {_ROW_SUM}"), ("X.T @ coefficients / num_train", "(before + X.T @ coefficients) / num_train"),)),
    Mistake("correct class never touched", ("gradient.correct-class.missing",), ((_ROW_SUM, "pass"),)),
    Mistake("correct class once a sample", ("gradient.correct-class.once-a-sample",), ((_ROW_SUM, "coefficients[samples, y] = -1"),)),
    Mistake("correct class with the wrong sign", ("gradient.correct-class.sign",), (("= -np.sum", "= np.sum"),)),
    Mistake("columns of the correct classes named twice by one index", ("gradient.correct-class.last-of-class",), ((_ROW_SUM, "subtracted = X * np.sum(coefficients, axis=1, keepdims=True)"), (_SUM, "dW = X.T @ coefficients\n    dW[:, y] -= subtracted.T\n    dW = dW / num_train + 2 * reg * W"),)),
    # the rest of the gradient
    Mistake("the number of samples in place of the gradient", ("gradient.data.one-number",), ((_SUM, "dW = num_train + 2 * reg * W"),)),
    Mistake("margins' values in place of the indicator", ("gradient.indicator.values",), ((_MASK, "coefficients = margins.copy()"),)),
    Mistake("scores in place of margins in the mask", ("gradient.indicator.scores",), (("(margins > 0)", "((scores > 0) * (margins * 0 + 1) * (np.arange(W.shape[1]) != y[:, None]))"),)),
    Mistake("no mean in the gradient", ("gradient.mean.missing",), (("coefficients / num_train", "coefficients"),)),
    Mistake("mean over samples and classes in the gradient", ("gradient.mean.over-n-times-c",), (("coefficients / num_train", "coefficients / scores.size"),)),
    Mistake("no factor 2", ("gradient.regularizer.factor-1",), (("2 * reg * W", "reg * W"),)),
    Mistake("no regularizer", ("gradient.regularizer.missing",), ((" + 2 * reg * W", ""),)),
    Mistake("mean after the regularizer", ("gradient.regularizer.divided-by-n",), ((_SUM, "dW = (X.T @ coefficients + 2 * reg * W) / num_train"),)),
    Mistake("no regularizer anywhere", ("loss.regularizer.missing", "gradient.regularizer.missing"), ((" + reg * np.sum(W * W)", ""), (" + 2 * reg * W", ""))),
    Mistake("no mean anywhere", ("loss.mean.missing", "gradient.mean.missing"), (("np.sum(margins) / num_train", "np.sum(margins)"), ("coefficients / num_train", "coefficients"))),
    Mistake("no factor 2, no mean, correct class once a sample", ("gradient.correct-class.once-a-sample", "gradient.mean.missing", "gradient.regularizer.factor-1"), ((_ROW_SUM, "coefficients[samples, y] = -1"), (_SUM, "dW = X.T @ coefficients + reg * W"))),
    # the results
    Mistake("a regularizer that is not summed", ("result.loss-like-w",), ((_LOSS, "loss = np.sum(margins) / num_train + reg * W * W"),)),
    Mistake("a mask of booleans", ("gradient.correct-class.added-once",), ((_MASK, "coefficients = margins > 0"),)),
    Mistake("a mask of margins above 1", ("gradient.margin.no-delta",), ((_MASK, _MASK.replace("> 0", "> 1")),)),
    Mistake("gradient first", ("result.swapped",), (("return loss, dW", "return dW, loss"),)),
    Mistake("the loss of each sample", ("result.loss-shape",), ((_LOSS, "loss = np.sum(margins, axis=1) + reg * np.sum(W * W)"),)),
    # loops
    Mistake("a loop over the samples", ("vectorized.loop",), ((_ROW_SUM, "for i in range(num_train):\n        coefficients[i, y[i]] = -np.sum(np.fmax(coefficients[i], 0))"),)),
    Mistake("a while loop", ("vectorized.loop",), ((_ROW_SUM, "i = 0\n    while i < num_train:\n        coefficients[i, y[i]] = -np.sum(np.fmax(coefficients[i], 0))\n        i += 1",),)),
    Mistake("a comprehension", ("vectorized.loop",), (("scores - correct_scores + 1)", "[np.fmax(0, np.fmax(row - row[label] + 1, 0)) for row, label in zip(scores, y)])"),)),
    Mistake("map", ("vectorized.loop",), (("scores - correct_scores + 1)", "list(map(lambda row, label: np.fmax(0, np.fmax(row - row[label] + 1, 0)), scores, y)))",),)),
    Mistake("a generator", ("vectorized.loop",), (("np.sum(margins) / num_train", "sum(np.sum(np.fmax(row, 0)) for row in margins) / num_train"),)),
    Mistake("np.frompyfunc", ("vectorized.loop",), (("-np.sum(coefficients, axis=1)", "-np.frompyfunc(lambda i: np.sum(np.fmax(coefficients[i], 0)), 1, 1)(samples)"),)),
    Mistake("np.vectorize", ("vectorized.loop",), (("-np.sum(coefficients, axis=1)", "-np.vectorize(lambda i: np.sum(np.fmax(coefficients[i], 0)))(samples)"),)),
    Mistake("np.apply_along_axis", ("vectorized.loop",), (("-np.sum(coefficients, axis=1)", "-np.apply_along_axis(np.sum, 1, coefficients)"),)),
    Mistake("the naive function called", ("vectorized.naive",), ((_SUM, "dW = svm_loss_naive(W, X, y, reg)[1]"),)),
    Mistake("a loop in a string", ("vectorized.loop",), ((_ROW_SUM, "exec('for i in samples: coefficients[i, y[i]] = -np.sum(np.fmax(coefficients[i], 0))')"),)),
    Mistake("a loop that the source does not show", ("vectorized.cost",), ((_SUM, "dW = np.zeros_like(W)\n\n    def add(place):\n        i, j = divmod(place, W.shape[1])\n        dW[:, j] += X[i] * coefficients[i, j]\n        return place\n\n    max(range(coefficients.size), key=add)\n    dW = dW / num_train + 2 * reg * W",),)),
]  # fmt: skip

_TRAIN = [
    Mistake("learning rate left out", ("train.update.no-learning-rate",), ((_STEP, "step = -dW"),)),
    Mistake("sign of the update", ("train.update.sign",), ((_STEP, "step = learning_rate * dW"),)),
    Mistake("the gradient itself as the step", ("train.update.sign-no-learning-rate",), ((_STEP, "step = dW"),)),
    Mistake("half a step", ("train.update.factor-0.5",), ((_STEP, "step = -0.5 * learning_rate * dW"),)),
    Mistake("the new W as the step", ("train.update.replaces",), ((_STEP, "step = self.W - learning_rate * dW"),)),
    Mistake("no step", ("train.update.missing",), ((_STEP, "step = 0 * dW"),)),
    Mistake("each loss twice", ("train.history.twice",), ((_STEP, _STEP + "\n            loss_history.append(loss)"),)),
    Mistake("labels not drawn with their rows", ("train.batch.labels",), ((_BATCH, "X_batch, y_batch = X[rows], y[rng.choice(num_train, batch_size)]"),)),
    Mistake("the first labels", ("train.batch.labels",), ((_BATCH, "X_batch, y_batch = X[rows], y[:batch_size]"),)),
    Mistake("without replacement", ("train.batch.without-replacement",), ((_ROWS, "rows = rng.choice(num_train, batch_size, replace=False)"),)),
    Mistake("one sample in place of a batch", ("train.batch.size",), ((_ROWS, "rows = rng.choice(num_train, 1)"),)),
    Mistake("the first rows always", ("train.batch.always-the-same",), ((_ROWS, "rows = np.arange(batch_size) % num_train"),)),
    Mistake("never the first row", ("train.batch.without-first",), ((_ROWS, "rows = rng.integers(1, num_train, batch_size)"),)),
    Mistake("never the last row", ("train.batch.without-last",), ((_ROWS, "rows = rng.choice(num_train - 1, batch_size)"),)),
    Mistake("neither the first row nor the last", ("train.batch.rows-missing",), ((_ROWS, "rows = rng.integers(1, num_train - 1, batch_size)"),)),
    Mistake("row numbers as many as a batch has", ("train.batch.first-rows",), ((_ROWS, "rows = rng.choice(batch_size, batch_size)"),)),
    Mistake("row numbers as many as X has columns", ("train.batch.first-rows",), ((_ROWS, "rows = rng.choice(dim, batch_size)"),)),
    Mistake("row numbers up to N", ("train.batch.outside",), ((_ROWS, "rows = rng.integers(0, num_train + 1, batch_size)"),)),
    Mistake("a seed for each iteration", ("train.seed.any",), ((_ROWS, "rows = np.random.default_rng(iteration).choice(num_train, batch_size)"),)),
    Mistake("row after row", ("train.batch.always-the-same", "train.seed.any"), ((_ROWS, "rows = np.arange(iteration * batch_size, (iteration + 1) * batch_size) % num_train"),)),
    Mistake("global random state", ("train.seed.not-used",), ((_ROWS, "rows = np.random.choice(num_train, batch_size)"),)),
]  # fmt: skip

_PREDICTION = [
    Mistake("argmax over the samples", ("predict.axis",), ((_PREDICT, _PREDICT.replace("axis=1", "axis=0")),)),
    Mistake("the score in place of its position", ("predict.scores",), ((_PREDICT, _PREDICT.replace("argmax", "max")),)),
    Mistake("the lowest score", ("predict.smallest",), ((_PREDICT, _PREDICT.replace("argmax", "argmin")),)),
    Mistake("classes as floats", ("predict.float",), ((_PREDICT, _PREDICT + ".astype(float)"),)),
]  # fmt: skip

MISTAKES = {"svm_loss_naive": _NAIVE, "svm_loss_vectorized": _VECTORIZED, "train": _TRAIN, "predict": _PREDICTION}
