# Every target is one line: the work is done by start.py, which also runs where there is no make.
PYTHON ?= python3
.PHONY: help run test setup check quick full coverage audit bench seed fix db shell lock
.DEFAULT_GOAL := help

help:    ## lists these verbs
	@$(PYTHON) start.py help

## Using it
run:     ## starts the demo world at http://127.0.0.1:8000 (PORT, HOST)
	@$(PYTHON) start.py run
setup:   ## installs what runs the application into .venv
	@$(PYTHON) start.py setup
seed:    ## builds the demo world anew
	@$(PYTHON) start.py seed
db:      ## brings the demo database to the present schema
	@$(PYTHON) start.py db
shell:   ## opens a Python shell in the application
	@$(PYTHON) start.py shell

## Changing it
quick:   ## checks and fast tests, before every commit
	@$(PYTHON) start.py quick
check:   ## static checks: format, lint, types, templates, floors, security, translations, migrations
	@$(PYTHON) start.py check
fix:     ## formats and repairs what a program can repair
	@$(PYTHON) start.py fix
test:    ## installs what tests need and runs every test
	@$(PYTHON) start.py test
full:    ## checks, every test and the slow walks (PART=3/12 takes a twelfth without the checks)
	@$(PYTHON) start.py full
coverage: ## measures which branches the tests go through, by package
	@$(PYTHON) start.py coverage
bench:   ## measures speed beside the machine's own limits (ONLY, SIZE, DB)
	@$(PYTHON) start.py bench
audit:   ## asks for known vulnerabilities
	@$(PYTHON) start.py audit
lock:    ## locks the requirements anew
	@$(PYTHON) start.py lock
