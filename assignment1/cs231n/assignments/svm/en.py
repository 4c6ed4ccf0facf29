"""What is said of the SVM in English: titles and hints of its regions, and causes, which follow the rules of `sentences`."""

__all__ = ["CAUSES", "HINTS", "TITLES"]

TITLES = {
    "svm-naive-gradient": "gradient with loops",
    "svm-vectorized-loss": "loss without loops",
    "svm-vectorized-gradient": "gradient without loops",
    "tune": "tuning on the validation set",
    "inline-1": "inline question 1: kinks",
    "inline-2": "inline question 2: templates",
    "try-picking": "practice: one entry of each row",
    "try-broadcasting": "practice: broadcasting",
    "try-row-sums": "practice: a mask's row sums",
}

HINTS = {
    "svm-naive-gradient": (
        "Take one margin that is positive. Which columns of W does it depend on, and does it grow or shrink with each?",
        "Begin with zeros of shape (D, C). Each positive margin touches two columns: that of the class that violates it and that of the correct class. Sample i has shape (D,), as such a column has.",
        "For each positive margin the sample is added to the column of its class and subtracted from the column of the correct class. Then the mean over the samples, and last the derivative of the regularizer, which is twice its strength times the weights.",
    ),
    "svm-vectorized-loss": (
        "What in a margin depends on the sample only, and what on the sample and the class?",
        "All scores form an array of shape (N, C), the correct scores one of shape (N, 1), so that it is subtracted from whole rows. One entry in each row of the margins does not belong to the sum.",
        "The scores less the correct score of their row, plus one, cut off below at zero, the correct class's own entry set to zero; all of it summed, divided by the number of samples; plus the strength times the sum of the squared weights.",
    ),
    "svm-vectorized-gradient": (
        "How often does your loop add sample i to column j, and how often does it subtract it from the correct column? Write down these numbers for one sample.",
        "Put these numbers into an array of shape (N, C), one row a sample. Which product with X, of shape (N, D), has the gradient's shape (D, C)?",
        "One where a margin is positive, zero elsewhere, and at the correct class minus the number of ones in its row. The transposed samples times this array, divided by the number of samples, plus twice the strength times the weights.",
    ),
    "tune": (
        "Learning rates and regularization strengths act by their order of magnitude. Which few cover a wide range?",
        "For each pair a new LinearSVM; results maps the pair to two accuracies, on training and on validation images.",
        "Train on the training set, predict both sets, keep the shares that are right; where the validation accuracy is the highest so far, keep it and the classifier. Train for some hundred iterations, then for some hundred more at a smaller rate.",
    ),
    "inline-1": (
        "Draw max(0, x). Where does it have no single slope?",
        "Put a point x close to it, with a step h that reaches to the other side, and compare the formula with the difference.",
        "Ask how many margins lie within reach of zero: how does that number change when the margin delta grows, compared with the spread of the scores?",
    ),
    "inline-2": (
        "What do the images of one class have in common, in colour and in place?",
        "Each column of W, of shape (D,), is a sum of training images, some added and some subtracted. Which are they?",
        "Say what a single template can do with objects that face both ways, and what regularization does to it.",
    ),
    "try-picking": (
        "The two index arrays are read side by side. Which row and which column does each of their places name?",
        "The result has the shape of the index arrays, (3,): one number for each of their places.",
        "Row 0 at column 1, row 1 at column 0, row 2 at column 2.",
    ),
    "try-broadcasting": (
        "What stands in the middle row of the column that is subtracted?",
        "The column of shape (3, 1) is repeated to (3, 3): its middle number stands three times in the middle row.",
        "Each number of the middle row less the first number of that row.",
    ),
    "try-row-sums": (
        "How many numbers of a row are above zero?",
        "Summing along axis 1 leaves the rows: the result has shape (3,).",
        "All three numbers of the first row are above zero. Count the other two rows likewise.",
    ),
}

CAUSES = {
    "gradient.correct-class.zero-counted": "The correct class's column gets its sample for every other class, also for those that keep their margin.",
    "gradient.correct-class.values": "In the correct class's column the margins count by their value; each positive one counts once.",
    "gradient.violating-classes.zero-counted": "Each wrong class's column gets the sample, also where the class keeps its margin.",
    "gradient.violating-classes.values": "In the violating classes' columns the margins count by their value; each positive one counts once.",
    "samples.columns-zeroed": "You set whole columns to zero where one entry in each row is meant: index rows and labels in pairs.",
    "loss.correct-class.own-margin": "Your loss is too large by 1 a sample, as if the correct class counted with its own margin: only the others do.",
    "loss.constant.added": "Your loss is too large by a constant for each sample.",
    "loss.constant.taken-off": "Your loss is too small by a constant for each sample: something was taken off that was never added.",
    "margin.no-delta": "Your margins lack delta = 1.",
    "margin.delta-*": "Your margins have delta = {factor}; here it is 1.",
    "margin.delta-sign": "Your margins have delta with the wrong sign, or on the correct class's score: add 1 to the difference.",
    "margin.reversed": "Your margins are the wrong way round: the correct score is taken off the others, not they off it.",
    "margin.wrong-axis": "The correct scores are subtracted along the wrong axis: each belongs to a whole row of the scores, so it needs shape (N, 1).",
    "hinge.squared": "Yours is the squared hinge; here the margins count as they are.",
    "hinge.counted": "Your loss counts the positive margins; their values are to be added up.",
    "hinge.not-cut": "Negative margins count too: cut them off at 0.",
    "hinge.largest-only": "Only the largest margin of each sample counts: every class that violates its margin is asked for.",
    "hinge.max-0": "Your loss takes the largest margin of each column (max over an axis) where each margin is to be compared with 0 (maximum).",
    "hinge.max-1": "Your loss takes the largest margin of each row (max over an axis) where each margin is to be compared with 0 (maximum).",
    "hinge.argmax-0": "Your loss adds up positions of the largest margins (argmax) where the margins themselves are meant (maximum).",
    "hinge.argmax-1": "Your loss adds up positions of the largest margins (argmax) where the margins themselves are meant (maximum).",
    "samples.first-sample": "Only the first sample counts.",
    "samples.last-sample": "Only the last sample counts: each one overwrites those before it.",
    "samples.divided-in-loop": "You divide by N once for each sample, so that the first samples all but vanish: divide once, behind the loop.",
    "samples.overwritten": "Each sample overwrites what earlier ones left in the columns that it touches: add to them.",
    "indicator.values": "Your gradient weighs each sample by the value of its margin: what counts is only whether the margin is positive.",
    "indicator.zero-counted": "Your gradient counts every class, also those whose margin was cut off at 0.",
    "indicator.not-clipped": "Your gradient weighs the classes far enough below by their negative margins: these are to be set to 0.",
    "indicator.scores": "Your gradient counts the classes with a positive score; those with a positive margin are meant.",
    "gradient.numerical": "Your gradient costs a loss for each entry of W, as one from differences does. Derive it: which columns does one positive margin touch?",
    "gradient.mean.missing-for-violating-classes": "What the violating classes add to their columns is not divided by N; the rest is.",
    "gradient.mean.missing-for-correct-class": "What is subtracted from the correct class's column is not divided by N; the rest is.",
    "gradient.violating-classes.missing": "The columns of the classes that violate their margin are never touched.",
    "gradient.violating-classes.sign": "The columns of the violating classes have the wrong sign: their scores push the loss up.",
    "gradient.violating-classes.twice": "The violating classes are counted twice in their own columns.",
    "gradient.violating-classes.factor-*": "The violating classes are counted {factor} times in their own columns.",
    "gradient.correct-class.missing": "The correct class's column is never touched: each violating class also depends on the correct score.",
    "gradient.correct-class.once-a-sample": "The correct class's column gets its sample once; it is due once for each class that violates its margin.",
    "gradient.correct-class.last-of-class": "In the correct classes' columns only the last sample of each class counts: an index array that names a column twice changes it once.",
    "gradient.correct-class.counts-itself": "The correct class counts itself among the violating classes: its column gets its sample once too often.",
    "gradient.correct-class.own-margin": "The correct class's own margin adds its sample to its column; only the other classes have a margin.",
    "gradient.correct-class.sign": "The correct class's column has the wrong sign: a higher correct score lowers the loss.",
    "gradient.correct-class.factor-*": "The correct class's column counts its violating classes {factor} times.",
}
