# make run    set up and run the demonstration trial to its report
# make modes  the demonstration trial blinded, unblinded and as a rehearsal
# make test   set up and run the tests
# make torture  faults of every kind: tampering, kills, other surroundings; make torture KILLS=8
# make accessibility AXE=FILE  the pages in a browser, at two widths; FILE: axe.min.js of axe-core
# make check  style, types, contracts, workflow lint
# make bench  speed beside R; make bench BENCH=--quick leaves out the million rows
# make docs   the generated parts of the documentation
# make lock   the hashed lock file, from pyproject.toml (needs uv)

PYTHON ?= python3
CORES ?= 4
KILLS ?= 30
AXE ?=
KILLED := tests/torture/test_random_kills.py
VENV := .venv
# Tools are modules of the interpreter: the first line of a program in .venv/bin names the interpreter by
# its whole path, which may be too long or hold what no first line can (a blank and a dollar sign).
RUN := $(VENV)/bin/python
SNAKEMAKE := $(RUN) -P -m snakemake
LINT_IMPORTS := import sys; from importlinter.cli import lint_imports_command; \
	sys.exit(lint_imports_command())
STAMP := $(VENV)/.installed
DEMO := data/demo/NCT07141303

.PHONY: run modes test torture accessibility check bench docs lock env clean
.DEFAULT_GOAL := run

run: env
	$(SNAKEMAKE) --cores $(CORES)

# The demonstration trial is handed over like an export: first blinded, then locked and unblinded with
# a record of its lists, as a trial would be; it stays stamped, because it is simulated.
modes: run
	$(SNAKEMAKE) --cores $(CORES) --config edc_dir=$(DEMO)/edc
	rm -f $(DEMO)/lock.json
	$(SNAKEMAKE) lock --config edc_dir=$(DEMO)/edc lock=$(DEMO)/lock.json
	$(RUN) -m analysis.simulate.record $(DEMO)/unblinding > $(DEMO)/unblinding.yaml
	$(SNAKEMAKE) --cores $(CORES) --config edc_dir=$(DEMO)/edc unblinding_dir=$(DEMO)/unblinding \
		lock=$(DEMO)/lock.json unblinding_record=$(DEMO)/unblinding.yaml
	$(SNAKEMAKE) --cores $(CORES)

test: env
	$(RUN) -m pytest -n 2 --dist worksteal

# The kills alone, one after another: their moments are parts of the time that an undisturbed run takes.
torture: env
	$(RUN) -m pytest -vv -m torture --kills $(KILLS) $(KILLED)
	$(RUN) -m pytest -vv -n 2 --dist worksteal -m torture tests/torture tests/workflow tests/unit --deselect $(KILLED)

accessibility: run
	$(RUN) -m pytest -v -m accessibility --axe "$(AXE)" tests/accessibility

check: env
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -c '$(LINT_IMPORTS)' --no-logo
	$(RUN) -m snakefmt --check Snakefile workflow/rules
	$(SNAKEMAKE) --lint

bench: env
	$(RUN) -m benchmarks.run $(BENCH)

docs: env
	$(RUN) -m analysis.config.reference
	$(RUN) -m analysis.edc.layout.reference
	$(RUN) -m tests.projects.map_of_folders

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-header --no-annotate -o requirements.lock

env: $(STAMP)

# The environment is built from hashes alone, and compiled: where PYTHONDONTWRITEBYTECODE is set, an
# installation without bytecode makes every start of Python two to three times slower. The project is
# named to it by a relative path: setuptools takes what looks like a variable in a path for one.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "This Python lacks venv. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --require-hashes --requirement requirements.lock
	$(RUN) -c 'import sysconfig, pathlib; site = sysconfig.get_path("purelib"); \
		pathlib.Path(site, "project.pth").write_text("../../../..\n")'
	$(RUN) -m compileall -q $(VENV)/lib || true
	@touch $@

clean:
	rm -rf results data/demo .snakemake
