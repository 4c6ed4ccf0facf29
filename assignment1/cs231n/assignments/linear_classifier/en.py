"""What is said of training and prediction in English: titles and hints of the regions."""

__all__ = ["HINTS", "TITLES"]

TITLES = {
    "train-sample": "drawing a batch",
    "train-update": "step of gradient descent",
    "predict": "prediction",
}

HINTS = {
    "train-sample": (
        "A sample and its label must stay together. What do they have in common?",
        "Draw an array of row numbers of shape (batch_size,), and index both arrays with it.",
        "Row numbers from zero to N - 1, each as likely as any other, with replacement, from the generator that is given.",
    ),
    "train-update": (
        "The gradient points to where the loss grows fastest. Where do you want to go?",
        "The step has the shape of W, (D, C), and is added to W for you.",
        "Minus the learning rate times the gradient.",
    ),
    "predict": (
        "What does the classifier say of one image, and how does a class follow from that?",
        "The scores have shape (N, C), the prediction has shape (N,) and holds integers.",
        "In each row of the scores, the position of the largest.",
    ),
}
