"""What each cause says, in English and Korean.

A key that ends in ``-*`` stands for any number; one without ``loss.`` or ``gradient.`` before it, for both.
"""

__all__ = ["CAUSES"]

CAUSES = {
    "loss.regularizer.missing": (
        "Your loss has no regularizer: add reg times the sum of all squared weights.",
        "손실에 정규화 항이 없습니다. 모든 가중치 제곱의 합에 reg를 곱해 더하세요.",
    ),
    "loss.regularizer.sign": (
        "Your loss takes the regularizer off; it is to be added.",
        "손실에서 정규화 항을 빼고 있습니다. 더해야 합니다.",
    ),
    "loss.regularizer.factor-0.5": (
        "Your regularizer is half of reg * sum(W * W): the one half was the convention of 2015 and 2016, and is not used here.",
        "정규화 항이 reg * sum(W * W)의 절반입니다. 1/2은 2015년과 2016년의 관례이고, 여기서는 쓰지 않습니다.",
    ),
    "loss.regularizer.factor-*": (
        "Your loss counts the regularizer {factor} times.",
        "손실에 정규화 항이 {factor}배로 들어 있습니다.",
    ),
    "loss.regularizer.divided-by-n": (
        "Your loss divides the regularizer by N too: divide the data term first, then add the regularizer.",
        "정규화 항까지 N으로 나누고 있습니다. 데이터 항을 먼저 나눈 다음 정규화 항을 더하세요.",
    ),
    "loss.regularizer.without-reg": (
        "Your loss adds the squared weights without the factor reg.",
        "reg를 곱하지 않고 가중치의 제곱합을 더하고 있습니다.",
    ),
    "loss.regularizer.reg-squared": (
        "Your loss counts reg twice, as reg * reg.",
        "손실에 reg가 두 번(reg * reg) 곱해져 있습니다.",
    ),
    "loss.regularizer.norm": (
        "Your regularizer is the norm of W; its square is asked for.",
        "정규화 항이 W의 노름입니다. 노름의 제곱이어야 합니다.",
    ),
    "loss.regularizer.absolute": (
        "Your regularizer sums the sizes of the weights; their squares are asked for.",
        "가중치의 절댓값을 더하고 있습니다. 제곱을 더해야 합니다.",
    ),
    "loss.regularizer.plain-sum": (
        "Your regularizer sums the weights themselves; their squares are asked for.",
        "가중치 자체를 더하고 있습니다. 제곱을 더해야 합니다.",
    ),
    "loss.regularizer.sum-squared": (
        "Your regularizer squares the sum of the weights; the sum of their squares is asked for.",
        "가중치의 합을 제곱하고 있습니다. 제곱의 합이어야 합니다.",
    ),
    "regularizer.mean-of-squares": (
        "Your regularizer is divided by the number of weights; here it is their sum, not their mean.",
        "정규화 항을 가중치의 수로 나누고 있습니다. 여기서는 평균이 아니라 합입니다.",
    ),
    "loss.regularizer.no-bias": (
        "Your regularizer leaves the last row of W out; here it belongs to the sum.",
        "정규화 항에서 W의 마지막 행이 빠졌습니다. 여기서는 그 행도 더합니다.",
    ),
    "loss.regularizer.matrix-product-rows": (
        "Your regularizer multiplies W by its transpose as matrices; the squares of the entries are meant.",
        "정규화 항에서 W와 그 전치를 행렬로 곱하고 있습니다. 원소마다 제곱해야 합니다.",
    ),
    "loss.regularizer.matrix-product-columns": (
        "Your regularizer multiplies the transpose of W by W as matrices; the squares of the entries are meant.",
        "정규화 항에서 W의 전치와 W를 행렬로 곱하고 있습니다. 원소마다 제곱해야 합니다.",
    ),
    "loss.regularizer.not-there": (
        "Your loss does not change with reg at all.",
        "손실이 reg에 따라 전혀 달라지지 않습니다.",
    ),
    "loss.regularizer.mixed": (
        "Your loss adds the regularizer more than once, with different factors.",
        "손실에 정규화 항이 서로 다른 배수로 여러 번 더해져 있습니다.",
    ),
    "loss.data.missing": ("The hinge never enters your loss.", "손실에 힌지 항이 전혀 들어가지 않습니다."),
    "loss.data.sign": ("The margins enter your loss with a minus sign.", "마진이 음의 부호로 손실에 들어갑니다."),
    "loss.data.factor-*": ("Your loss counts the margins {factor} times.", "손실에 마진이 {factor}배로 들어 있습니다."),
    "loss.mean.missing": (
        "Your loss is the sum over the samples; divide the sum of the margins by N.",
        "손실이 샘플에 대한 합입니다. 마진의 합을 N으로 나누세요.",
    ),
    "loss.mean.over-n-times-c": (
        "Your loss divides by N times C: the mean is over the samples only, the classes are summed.",
        "손실을 N*C로 나누고 있습니다. 평균은 샘플에 대해서만 내고, 클래스에 대해서는 더합니다.",
    ),
    "loss.mean.over-classes": (
        "Your loss divides by the number of classes; the mean is over the samples.",
        "손실을 클래스 수로 나누고 있습니다. 평균은 샘플에 대해서 냅니다.",
    ),
    "gradient.mean.over-classes": (
        "Your gradient divides by the number of classes; the mean is over the samples.",
        "기울기를 클래스 수로 나누고 있습니다. 평균은 샘플에 대해서 냅니다.",
    ),
    "mean.over-features": (
        "You divide by D, the number of columns of X; the mean is over the samples.",
        "X의 열의 수 D로 나누고 있습니다. 평균은 샘플에 대해서 냅니다.",
    ),
    "mean.fixed-*": (
        "You divide by {factor} whatever the input; divide by N, the number of rows of X.",
        "입력이 무엇이든 {factor}(으)로 나누고 있습니다. X의 행의 수 N으로 나누세요.",
    ),
    "loss.regularizer.times-n": (
        "Your loss adds the regularizer once for each sample: it belongs behind the loop, once.",
        "손실에 정규화 항을 샘플마다 더하고 있습니다. 반복문 뒤에서 한 번만 더하세요.",
    ),
    "gradient.regularizer.times-n": (
        "Your gradient adds the regularizer once for each sample: it belongs behind the loop, once.",
        "기울기에 정규화 항을 샘플마다 더하고 있습니다. 반복문 뒤에서 한 번만 더하세요.",
    ),
    "gradient.correct-class.zero-counted": (
        "The correct class's column gets its sample for every other class, also for those that keep their margin.",
        "정답 클래스의 열에서 마진을 지킨 클래스까지 모든 클래스에 대해 샘플을 뺍니다.",
    ),
    "gradient.correct-class.values": (
        "In the correct class's column the margins count by their value; each positive one counts once.",
        "정답 클래스의 열에서 마진을 값만큼 셉니다. 양수인 마진마다 한 번씩 세어야 합니다.",
    ),
    "gradient.violating-classes.zero-counted": (
        "Each wrong class's column gets the sample, also where the class keeps its margin.",
        "마진을 지킨 클래스의 열에도 샘플을 더합니다.",
    ),
    "gradient.violating-classes.values": (
        "In the violating classes' columns the margins count by their value; each positive one counts once.",
        "마진을 어긴 클래스의 열에서 마진을 값만큼 셉니다. 양수인 마진마다 한 번씩 세어야 합니다.",
    ),
    "samples.columns-zeroed": (
        "You set whole columns to zero where one entry in each row is meant: index rows and labels in pairs.",
        "각 행의 한 원소가 아니라 열 전체를 0으로 만들었습니다. 행 번호와 레이블을 짝지어 인덱싱하세요.",
    ),
    "loss.mean.twice": ("Your loss is divided by N twice.", "손실을 N으로 두 번 나누고 있습니다."),
    "loss.mean.mixed": (
        "Your loss counts the margins more than once, with different divisors.",
        "손실에 마진이 서로 다른 수로 나뉘어 여러 번 들어 있습니다.",
    ),
    "loss.correct-class.own-margin": (
        "Your loss is too large by 1 a sample, as if the correct class counted with its own margin: only the others do.",
        "정답 클래스 자신의 마진을 센 것처럼 손실이 샘플마다 1만큼 큽니다. 합에는 다른 클래스만 들어갑니다.",
    ),
    "loss.constant.added": (
        "Your loss is too large by a constant for each sample.",
        "손실이 샘플마다 일정한 값만큼 큽니다.",
    ),
    "loss.constant.taken-off": (
        "Your loss is too small by a constant for each sample: something was taken off that was never added.",
        "손실이 샘플마다 일정한 값만큼 작습니다. 더한 적 없는 값을 뺐습니다.",
    ),
    "margin.no-delta": ("Your margins lack delta = 1.", "마진에 delta = 1이 빠졌습니다."),
    "margin.delta-*": (
        "Your margins have delta = {factor}; here it is 1.",
        "마진의 delta가 {factor}입니다. 여기서는 1입니다.",
    ),
    "margin.delta-sign": (
        "Your margins have delta with the wrong sign, or on the correct class's score: add 1 to the difference.",
        "delta의 부호가 반대이거나 정답 점수에 더해졌습니다. 차이에 1을 더하세요.",
    ),
    "margin.reversed": (
        "Your margins are the wrong way round: the correct score is taken off the others, not they off it.",
        "마진의 방향이 반대입니다. 다른 점수에서 정답 점수를 빼야 합니다.",
    ),
    "margin.wrong-axis": (
        "The correct scores are subtracted along the wrong axis: each belongs to a whole row of the scores, so it needs shape (N, 1).",
        "정답 점수를 잘못된 축을 따라 빼고 있습니다. 각 값은 점수의 한 행 전체에 대응하므로 shape이 (N, 1)이어야 합니다.",
    ),
    "hinge.squared": (
        "Yours is the squared hinge; here the margins count as they are.",
        "제곱 힌지입니다. 여기서는 마진을 그대로 더합니다.",
    ),
    "hinge.counted": (
        "Your loss counts the positive margins; their values are to be added up.",
        "양수인 마진의 개수를 세고 있습니다. 마진의 값을 더해야 합니다.",
    ),
    "hinge.not-cut": (
        "Negative margins count too: cut them off at 0.",
        "음의 마진까지 더하고 있습니다. 0에서 잘라 내세요.",
    ),
    "hinge.largest-only": (
        "Only the largest margin of each sample counts: every class that violates its margin is asked for.",
        "샘플마다 가장 큰 마진만 셉니다. 마진을 어긴 모든 클래스를 세어야 합니다.",
    ),
    "hinge.max-0": (
        "Your loss takes the largest margin of each column (max over an axis) where each margin is to be compared with 0 (maximum).",
        "각 마진을 0과 비교(maximum)해야 하는데 열마다 가장 큰 마진(축에 대한 max)을 취합니다.",
    ),
    "hinge.max-1": (
        "Your loss takes the largest margin of each row (max over an axis) where each margin is to be compared with 0 (maximum).",
        "각 마진을 0과 비교(maximum)해야 하는데 행마다 가장 큰 마진(축에 대한 max)을 취합니다.",
    ),
    "hinge.argmax-0": (
        "Your loss adds up positions of the largest margins (argmax) where the margins themselves are meant (maximum).",
        "마진 자체(maximum)가 아니라 가장 큰 마진의 위치(argmax)를 더하고 있습니다.",
    ),
    "hinge.argmax-1": (
        "Your loss adds up positions of the largest margins (argmax) where the margins themselves are meant (maximum).",
        "마진 자체(maximum)가 아니라 가장 큰 마진의 위치(argmax)를 더하고 있습니다.",
    ),
    "samples.first-sample": ("Only the first sample counts.", "첫 번째 샘플만 셉니다."),
    "samples.last-sample": (
        "Only the last sample counts: each one overwrites those before it.",
        "마지막 샘플만 셉니다. 앞의 것을 덮어쓰고 있습니다.",
    ),
    "samples.divided-in-loop": (
        "You divide by N once for each sample, so that the first samples all but vanish: divide once, behind the loop.",
        "샘플마다 N으로 나누고 있어 앞쪽 샘플이 거의 사라집니다. 반복문 뒤에서 한 번만 나누세요.",
    ),
    "samples.overwritten": (
        "Each sample overwrites what earlier ones left in the columns that it touches: add to them.",
        "각 샘플이 앞선 샘플들이 남긴 열의 값을 덮어씁니다. 덮어쓰지 말고 더하세요.",
    ),
    "indicator.values": (
        "Your gradient weighs each sample by the value of its margin: what counts is only whether the margin is positive.",
        "기울기에서 샘플을 마진의 값만큼 곱하고 있습니다. 마진이 양수인지 아닌지만 중요합니다.",
    ),
    "indicator.zero-counted": (
        "Your gradient counts every class, also those whose margin was cut off at 0.",
        "0에서 잘린 마진의 클래스까지 모두 기울기에 세고 있습니다.",
    ),
    "indicator.not-clipped": (
        "Your gradient weighs the classes far enough below by their negative margins: these are to be set to 0.",
        "충분히 아래에 있는 클래스를 음수 마진만큼 세고 있습니다. 그 마진은 0으로 두어야 합니다.",
    ),
    "indicator.scores": (
        "Your gradient counts the classes with a positive score; those with a positive margin are meant.",
        "점수가 양수인 클래스를 셉니다. 마진이 양수인 클래스를 세어야 합니다.",
    ),
    "gradient.data.missing": ("The margins never enter your gradient.", "기울기에 마진이 전혀 들어가지 않습니다."),
    "gradient.data.one-number": (
        "The data term of your gradient is the same number in all its entries: a number has taken an array's place.",
        "기울기의 데이터 항이 모든 자리에서 같은 수입니다. 배열이 있어야 할 자리에 수 하나가 들어갔습니다.",
    ),
    "gradient.numerical": (
        "Your gradient comes from differences of the loss, which are off next to the hinge. Derive it: whether a margin counts is decided by its sign alone.",
        "기울기를 손실의 차이로 계산하고 있어, 힌지 가까이에서 틀립니다. 식으로 유도하세요. 마진을 셀지는 부호만으로 정해집니다.",
    ),
    "gradient.next-to-hinge": (
        "Your gradient is wrong where a margin is close to 0: whether a margin counts is decided by its sign alone.",
        "마진이 0에 가까운 곳에서 기울기가 틀립니다. 마진을 셀지는 부호만으로 정해집니다.",
    ),
    "gradient.data.sign": (
        "The data term of your gradient has the wrong sign.",
        "기울기의 데이터 항의 부호가 반대입니다.",
    ),
    "gradient.data.factor-*": (
        "The data term of your gradient counts {factor} times.",
        "기울기의 데이터 항이 {factor}배입니다.",
    ),
    "gradient.mean.missing": (
        "Your gradient is the sum over the samples; the loss is their mean: divide by N.",
        "기울기가 샘플에 대한 합입니다. 손실은 평균이므로 N으로 나누세요.",
    ),
    "gradient.mean.over-n-times-c": (
        "Your gradient divides by N times C: the mean is over the samples only.",
        "기울기를 N*C로 나누고 있습니다. 평균은 샘플에 대해서만 냅니다.",
    ),
    "gradient.mean.twice": ("Your gradient is divided by N twice.", "기울기를 N으로 두 번 나누고 있습니다."),
    "gradient.mean.missing-for-violating-classes": (
        "What the violating classes add to their columns is not divided by N; the rest is.",
        "마진을 어긴 클래스의 열에 더하는 부분만 N으로 나누지 않았습니다.",
    ),
    "gradient.mean.missing-for-correct-class": (
        "What is subtracted from the correct class's column is not divided by N; the rest is.",
        "정답 클래스의 열에서 빼는 부분만 N으로 나누지 않았습니다.",
    ),
    "gradient.mean.mixed": (
        "The parts of your gradient are divided by different numbers.",
        "기울기의 부분들이 서로 다른 수로 나뉘어 있습니다.",
    ),
    "gradient.violating-classes.missing": (
        "The columns of the classes that violate their margin are never touched.",
        "마진을 어긴 클래스의 열을 전혀 건드리지 않습니다.",
    ),
    "gradient.violating-classes.sign": (
        "The columns of the violating classes have the wrong sign: their scores push the loss up.",
        "마진을 어긴 클래스의 열의 부호가 반대입니다. 그 점수는 손실을 키웁니다.",
    ),
    "gradient.violating-classes.twice": (
        "The violating classes are counted twice in their own columns.",
        "마진을 어긴 클래스를 자기 열에서 두 번 세고 있습니다.",
    ),
    "gradient.violating-classes.factor-*": (
        "The violating classes are counted {factor} times in their own columns.",
        "마진을 어긴 클래스를 자기 열에서 {factor}번 세고 있습니다.",
    ),
    "gradient.correct-class.missing": (
        "The correct class's column is never touched: each violating class also depends on the correct score.",
        "정답 클래스의 열을 전혀 건드리지 않습니다. 마진은 정답 점수에도 달려 있습니다.",
    ),
    "gradient.correct-class.once-a-sample": (
        "The correct class's column gets its sample once; it is due once for each class that violates its margin.",
        "정답 클래스의 열에서 샘플을 한 번만 뺍니다. 마진을 어긴 클래스마다 한 번씩 빼야 합니다.",
    ),
    "gradient.correct-class.last-of-class": (
        "In the correct classes' columns only the last sample of each class counts: an index array that names a column twice changes it once.",
        "정답 클래스의 열에 클래스마다 마지막 샘플만 반영됩니다. 인덱스 배열에 같은 열이 두 번 나와도 한 번만 바뀝니다.",
    ),
    "gradient.correct-class.counts-itself": (
        "The correct class counts itself among the violating classes: its column gets its sample once too often.",
        "정답 클래스가 자신을 마진을 어긴 클래스로 셉니다. 그 열에서 샘플을 한 번 더 뺍니다.",
    ),
    "gradient.correct-class.own-margin": (
        "The correct class's own margin adds its sample to its column; only the other classes have a margin.",
        "정답 클래스 자신의 마진 때문에 그 열에 샘플이 더해집니다. 마진은 다른 클래스에만 있습니다.",
    ),
    "gradient.correct-class.sign": (
        "The correct class's column has the wrong sign: a higher correct score lowers the loss.",
        "정답 클래스의 열의 부호가 반대입니다. 정답 점수가 높을수록 손실은 작아집니다.",
    ),
    "gradient.correct-class.factor-*": (
        "The correct class's column counts its violating classes {factor} times.",
        "정답 클래스의 열에서 마진을 어긴 클래스를 {factor}번씩 셉니다.",
    ),
    "gradient.regularizer.missing": (
        "Your gradient has no regularizer: the derivative of reg * W**2 is to be added.",
        "기울기에 정규화 항이 없습니다. reg * W**2의 도함수를 더해야 합니다.",
    ),
    "gradient.regularizer.sign": (
        "Your gradient takes the regularizer off; it is to be added.",
        "기울기에서 정규화 항을 빼고 있습니다. 더해야 합니다.",
    ),
    "gradient.regularizer.factor-1": (
        "Your regularization gradient is half of what the loss asks for: the derivative of reg * W**2 is 2 * reg * W.",
        "정규화 항의 기울기가 손실이 요구하는 값의 절반입니다. reg * W**2의 도함수는 2 * reg * W입니다.",
    ),
    "gradient.regularizer.factor-*": (
        "Your regularization gradient is {factor} * reg * W: the derivative of reg * W**2 is 2 * reg * W.",
        "정규화 항의 기울기가 {factor} * reg * W입니다. reg * W**2의 도함수는 2 * reg * W입니다.",
    ),
    "gradient.regularizer.divided-by-n": (
        "Your gradient divides the regularizer by N too: divide the data term first, then add the regularizer.",
        "기울기의 정규화 항까지 N으로 나누고 있습니다. 데이터 항을 먼저 나눈 다음 더하세요.",
    ),
    "gradient.regularizer.without-reg": (
        "Your gradient adds the weights without the factor reg.",
        "reg를 곱하지 않고 가중치를 기울기에 더하고 있습니다.",
    ),
    "gradient.regularizer.reg-squared": (
        "Your gradient counts reg twice, as reg * reg.",
        "기울기에 reg가 두 번(reg * reg) 곱해져 있습니다.",
    ),
    "gradient.regularizer.norm": (
        "Your regularization gradient belongs to the norm of W; that of the sum of squares is asked for.",
        "W의 노름의 기울기입니다. 제곱합의 기울기여야 합니다.",
    ),
    "gradient.regularizer.absolute": (
        "Your regularization gradient belongs to the sizes of the weights; that of their squares is asked for.",
        "가중치 절댓값의 기울기입니다. 제곱의 기울기여야 합니다.",
    ),
    "gradient.regularizer.ones": (
        "Your regularization gradient is the same number everywhere; it is proportional to W.",
        "정규화 항의 기울기가 모든 자리에서 같은 수입니다. W에 비례해야 합니다.",
    ),
    "gradient.regularizer.no-bias": (
        "Your regularization gradient leaves the last row of W out; here it belongs to the sum.",
        "정규화 항의 기울기에서 W의 마지막 행이 빠졌습니다. 여기서는 그 행도 들어갑니다.",
    ),
    "gradient.regularizer.squared": (
        "Your regularization gradient has W squared; the derivative of a square is linear in W.",
        "정규화 항의 기울기에 W의 제곱이 있습니다. 제곱의 도함수는 W에 대해 일차입니다.",
    ),
    "gradient.regularizer.the-loss": (
        "You add the regularizer of the loss, one number, to each entry of the gradient; its derivative is asked for.",
        "기울기의 모든 자리에 손실의 정규화 값(수 하나)을 더하고 있습니다. 그 도함수를 더해야 합니다.",
    ),
    "gradient.regularizer.the-norm": (
        "You add the norm of W, one number, to each entry of the gradient; each entry has its own weight.",
        "기울기의 모든 자리에 W의 노름(수 하나)을 더하고 있습니다. 자리마다 자기 가중치가 들어갑니다.",
    ),
    "gradient.regularizer.plain-sum": (
        "You add the sum of the weights, one number, to each entry of the gradient; each entry has its own weight.",
        "기울기의 모든 자리에 가중치의 합(수 하나)을 더하고 있습니다. 자리마다 자기 가중치가 들어갑니다.",
    ),
    "gradient.regularizer.not-there": (
        "Your gradient does not change with reg at all.",
        "기울기가 reg에 따라 전혀 달라지지 않습니다.",
    ),
    "gradient.regularizer.mixed": (
        "Your gradient adds the regularizer more than once, with different factors.",
        "기울기에 정규화 항이 서로 다른 배수로 여러 번 더해져 있습니다.",
    ),
    "result.swapped": (
        "What you return first is no loss but an array like W: return the loss first, and the gradient second.",
        "먼저 돌려주는 값이 손실이 아니라 W와 같은 모양의 배열입니다. 손실을 먼저, 기울기를 다음에 돌려주세요.",
    ),
    "result.loss-shape": (
        "The loss is one number: add up the margins of all samples and classes.",
        "손실은 수 하나입니다. 모든 샘플과 클래스의 마진을 더하세요.",
    ),
    "result.gradient-shape": (
        "The gradient has one entry for each entry of W: their shapes are the same.",
        "기울기는 W의 각 원소마다 하나씩 있으므로 shape이 W와 같아야 합니다.",
    ),
    "result.gradient-integer": (
        "Your gradient is an array of integers, which cuts off all decimals; make it of floats.",
        "기울기가 정수 배열이라 소수 부분이 잘립니다. 실수 배열로 만드세요.",
    ),
    "result.gradient-is-input": (
        "Your gradient is the same array as one of the inputs, so filling it changes that input; make a new one.",
        "기울기가 입력 배열과 같은 배열이라, 채우면 입력이 바뀝니다. 새 배열을 만드세요.",
    ),
    "inputs.changed": (
        "Your function changes its inputs in place; the caller still needs them.",
        "함수가 입력을 제자리에서 바꿉니다. 호출한 쪽에서는 아직 그 값이 필요합니다.",
    ),
    "repeat.global-random": (
        "The result depends on NumPy's global random state.",
        "결과가 NumPy의 전역 난수 상태에 따라 달라집니다.",
    ),
    "repeat.state": ("The result depends on earlier calls.", "결과가 이전 호출에 따라 달라집니다."),
    "vectorized.naive": (
        "The vectorized function calls the naive one: it is to compute loss and gradient itself, on whole arrays.",
        "벡터화 함수가 반복문 함수를 부르고 있습니다. 손실과 기울기를 배열 전체로 직접 계산해야 합니다.",
    ),
    "vectorized.loop": (
        "The vectorized function still contains a loop over samples or classes; np.vectorize and its like are loops too.",
        "벡터화 함수에 샘플이나 클래스를 도는 반복문이 남아 있습니다. np.vectorize 같은 것도 반복문입니다.",
    ),
    "vectorized.cost": (
        "The time grows like that of a loop: somewhere Python still goes through the samples one by one.",
        "시간이 반복문처럼 늘어납니다. 어딘가에서 Python이 샘플을 하나씩 돌고 있습니다.",
    ),
    "train.batch.size": ("The batch does not have batch_size rows.", "배치의 행 수가 batch_size가 아닙니다."),
    "train.batch.labels": (
        "The labels of the batch do not belong to its rows: draw row numbers once and use them for both.",
        "배치의 레이블이 그 행의 것이 아닙니다. 행 번호를 한 번 뽑아 둘 다에 쓰세요.",
    ),
    "train.batch.always-the-same": (
        "Every batch holds the same rows; draw new ones at each iteration.",
        "모든 배치의 행이 같습니다. 반복마다 새로 뽑으세요.",
    ),
    "train.batch.without-replacement": (
        "Drawing without replacement fails where batch_size is larger than the data: draw with replacement.",
        "batch_size가 데이터보다 크면 비복원 추출은 실패합니다. 복원 추출을 하세요.",
    ),
    "train.update.no-learning-rate": (
        "The step is the gradient itself; the learning rate is left out.",
        "걸음이 기울기 그대로입니다. 학습률이 빠졌습니다.",
    ),
    "train.update.sign": (
        "The step goes up the gradient; the loss falls against it.",
        "걸음이 기울기 방향입니다. 손실은 그 반대 방향으로 줄어듭니다.",
    ),
    "train.update.sign-no-learning-rate": (
        "The step is the gradient itself, upwards and without the learning rate.",
        "걸음이 기울기 그대로이며, 방향이 반대이고 학습률이 빠졌습니다.",
    ),
    "train.update.factor-*": (
        "The step is {factor} times what learning rate and gradient say.",
        "걸음이 학습률과 기울기가 말하는 것의 {factor}배입니다.",
    ),
    "train.update.replaces": (
        "The step is meant to be added to W; yours contains W already.",
        "step은 W에 더해지는 값입니다. 제출한 step에는 W가 이미 들어 있습니다.",
    ),
    "train.update.missing": ("W never changes.", "W가 전혀 바뀌지 않습니다."),
    "train.history.twice": ("The history has each loss twice.", "기록에 손실이 두 번씩 들어 있습니다."),
    "train.seed.not-used": (
        "The batches do not follow from the seed: draw them from rng.",
        "배치가 시드에서 나오지 않습니다. rng에서 뽑으세요.",
    ),
    "predict.axis": (
        "The largest score is taken over the samples; it is to be taken over the classes.",
        "가장 큰 점수를 샘플 방향으로 찾았습니다. 클래스 방향으로 찾아야 합니다.",
    ),
    "predict.scores": (
        "You return the scores; their positions, the classes, are asked for.",
        "점수를 돌려줍니다. 점수의 위치인 클래스를 돌려줘야 합니다.",
    ),
    "predict.smallest": ("You return the class with the lowest score.", "점수가 가장 낮은 클래스를 돌려줍니다."),
    "predict.float": ("The classes are floats; integers are asked for.", "클래스가 실수입니다. 정수여야 합니다."),
    "tune.not-the-maximum": (
        "best_val is not the largest validation accuracy in results.",
        "best_val이 results의 검증 정확도 중 최댓값이 아닙니다.",
    ),
    "tune.other-classifier": (
        "best_svm is not the classifier of best_val: keep the classifier together with its accuracy, and do not train it further.",
        "best_svm이 best_val을 낸 분류기가 아닙니다. 분류기를 그 정확도와 함께 보관하고 더 학습시키지 마세요.",
    ),
    "tune.too-few": ("Try more pairs that do not diverge.", "발산하지 않는 쌍을 더 시도하세요."),
    "tune.below-target": (
        "The validation accuracy is below the target; look at the edges of your grid.",
        "검증 정확도가 목표보다 낮습니다. 격자의 가장자리를 살펴보세요.",
    ),
}
