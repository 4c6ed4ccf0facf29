# What the targets call works without make as well; docs/staff.md has the commands for Windows.
VENV := .venv
PYTHON := $(VENV)/bin/python
DATA := sample
# Neither venv nor pytest-xdist can name a folder with Korean letters where locale and settings rule UTF-8 out.
export PYTHONUTF8 := 1

# A virtual environment whose Python is gone, after an upgrade of the system's, is made anew.
ifneq ($(wildcard $(VENV)/ready),)
ifeq ($(wildcard $(PYTHON)),)
$(shell rm -f $(VENV)/ready)
endif
endif

.PHONY: help run test prove lowest lab bench

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /make \1	/' | expand -t 14

run: $(VENV)/ready ## execute the solved notebook, on the sample or with DATA=full on all of CIFAR-10
	@$(PYTHON) -m staff run --data $(DATA)

test: $(VENV)/ready ## run the tests, in three minutes
	@$(PYTHON) -m pytest -p no:nbval -n auto --dist worksteal

prove: test ## run these and the long proofs
	@$(PYTHON) -m pytest -p no:nbval -n auto --dist worksteal -m long

lowest: ## run all tests with the oldest versions that requirements.txt allows
	@RESOLUTION=lowest-direct $(MAKE) --no-print-directory prove VENV=build/lowest

lab: $(VENV)/ready ## open the assignment in JupyterLab
	@cd assignment1 && ../$(PYTHON) -m jupyterlab svm.ipynb

bench: $(VENV)/ready ## measure the kit beside what people would otherwise use
	@$(PYTHON) -m benchmarks

$(VENV)/ready: requirements.txt requirements-pdf.txt staff/requirements.txt staff/setup.sh
	@sh staff/setup.sh $(VENV)
