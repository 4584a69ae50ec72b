# Works on a bare Debian 12 with make and python3; everything else is installed here, once.
SHELL := /bin/sh
.DEFAULT_GOAL := help
V := .venv
INSTANCE ?= instance
PORT ?= 8000
# What WeasyPrint needs, then what the browser tests need (docs/dependencies.md).
APT := python3-venv libpangoft2-1.0-0 libharfbuzz-subset0
APT_TEST := chromium libatomic1

.PHONY: help run demo test unit check docs clean

help: ## dit ce que make sait faire
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(V)/ready ## installe ce qui manque, fait la démonstration s’il n’y a rien, démarre le serveur
	@test -e $(INSTANCE)/directory.db || $(V)/bin/impact demo --instance $(INSTANCE)
	@exec $(V)/bin/impact run --instance $(INSTANCE) --port $(PORT)

demo: $(V)/ready ## refait la démonstration, l’installation précédente mise de côté
	@$(V)/bin/impact demo --force --instance $(INSTANCE)

test: $(V)/ready-to-test ## installe de quoi tester et passe tous les tests
	$(V)/bin/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

unit: $(V)/ready-to-test ## passe les tests courts, sans navigateur, PDF, panne ni démonstration entière
	$(V)/bin/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not browser and not pdf and not fault and not whole"

check: $(V)/ready-to-test ## vérifie style, types, flèches, documentation, puis passe tous les tests
	$(V)/bin/ruff check .
	$(V)/bin/ruff format --check .
	$(V)/bin/mypy
	$(V)/bin/lint-imports
	$(V)/bin/python docs/build.py --check
	$(V)/bin/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

docs: $(V)/ready-to-test ## réécrit les pages de documentation tirées du code
	$(V)/bin/python docs/build.py

clean: ## retire l’environnement et les caches ; ne touche pas aux données
	rm -rf $(V) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installs Debian packages as root, otherwise prints the exact line and stops.
define apt_install
@missing=""; if command -v dpkg-query >/dev/null; then \
  for name in $(1); do \
    dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$name"; \
  done; fi; \
if [ -n "$$missing" ]; then \
  if [ "$$(id -u)" = 0 ]; then \
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; \
  else \
    echo "Il manque des paquets Debian. Lancez d’abord :"; \
    echo "  sudo apt-get install --no-install-recommends$$missing"; exit 1; \
  fi; \
fi
endef

$(V)/ready: requirements.txt setup.cfg pyproject.toml
	$(call apt_install,$(APT))
	@test -x $(V)/bin/pip || python3 -m venv $(V)
	$(V)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(V)/bin/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(V)/ready-to-test: $(V)/ready requirements-test.txt
	$(call apt_install,$(APT_TEST))
	$(V)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-test.txt
	@touch $@
