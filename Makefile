# The two commands: `make run` and `make test`. Both set up .venv first; nothing else needs installing by hand.
.PHONY: run test bench lint format
READY := .venv/ready

run: .venv/run-ready ; @.venv/bin/python run_bot.py
test: $(READY) lint ; @.venv/bin/python -m pytest -n auto --dist worksteal
bench: $(READY) ; @.venv/bin/python -m benchmarks
lint: $(READY) ; @.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports
format: $(READY) ; @.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

.venv/run-ready: pyproject.toml .ci/constraints.txt .ci/set-up ; @.ci/set-up && touch $@
$(READY): pyproject.toml .ci/constraints.txt .ci/set-up ; @.ci/set-up dev && touch $@ .venv/run-ready
