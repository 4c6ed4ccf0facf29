"""What svm_derivation.ipynb builds on: other forms of loss and gradient, their costs, and pictures of them."""
