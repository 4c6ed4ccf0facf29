"""The proof by mutation: right functions, edited at random, and what checks say of them, held against the truth.

``python -m staff verify --mutations`` runs it, and so do the tests here.
"""
