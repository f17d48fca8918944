//! What `--help` shows under the options of each command.

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  there are findings at error level
  2  the command could not run

Start with `dama-pub build` in the folder of a book.";

pub(super) const NEW_EXAMPLES: &str = "\
Examples:
  dama-pub new lamplight                          a book in Chinese and English
  dama-pub new .                                  the same, in this folder
  dama-pub new report report-2026                 an annual report
  dama-pub new essays --lang zh                   Chinese alone, with comments in Chinese
  dama-pub new bilingual essays --languages en,zh
                                                  English first, and both side by side too
  dama-pub new handbook manual --ci github        a technical book that is built at every push
  dama-pub new lamps --from zh.docx --translation en.docx
                                                  of a manuscript: what `dama-pub import` reads

Exit codes: 0 done, 2 the folder is there already, or cannot be written.";

pub(super) const IMPORT_EXAMPLES: &str = "\
Examples:
  dama-pub import manuscript.docx                       a book in manuscript/, a chapter for each heading of level 1
  dama-pub import zh.docx --translation en.docx --as lamps
                                                        two files, paired chapter by chapter
  dama-pub import 01.docx 02.docx 03.docx --as lamps    a file for each chapter
  dama-pub import zh.docx --dry-run > styles.yaml       what each style is taken for, to be changed
  dama-pub import zh.docx --style-map styles.yaml --as lamps
  dama-pub import mdbook/ --translation mdbook-zh/      a folder of mdBook, GitBook, Docusaurus, MkDocs and the like
  dama-pub import zh.epub --translation en.epub         two e-books

What has no place in a book, what was guessed and what bears another name is listed; nothing else is lost.

Exit codes: 0 nothing is lost, 1 something is, as told, 2 could not run.";

pub(super) const BUILD_EXAMPLES: &str = "\
Examples:
  dama-pub build                              everything, into out/
  dama-pub build my-book --out /tmp/proofs    another book, another place
  dama-pub build --edition zh --format pdf    only the Chinese pages
  dama-pub build --profile screen,print       a PDF for readers and one for the press of each edition
  dama-pub build --message-format json        for a program; also short, sarif, github, html
  dama-pub build --fail-on warning            exit code 1 at a warning, too
  dama-pub build --force                      everything anew, also what is unchanged
  dama-pub build --cache ~/.cache/dama-pub    takes from there what was made before, here or elsewhere
  dama-pub build --draft                      pages to read on, whatever is wrong: marked on them, and listed
                                              after them

Artifacts are named after the book and the edition, such as my-book-zh.pdf, and my-book-zh-print.pdf for
the press. Both PDFs show the same pages; `pdf:` in book.yaml says which are made. An artifact is replaced
only by one that is whole: after a failed build the last good one is still there. All problems of
a run are reported, each with its line in the manuscript; what was not made is named with the codes
of its errors. What is as it was made, from files that are as they were, is not made again.

Dates in the artifacts come from `date` in book.yaml, or from SOURCE_DATE_EPOCH if that is set; the
same manuscript gives the same bytes.

Exit codes: 0 all is well, 1 findings at error level, 2 could not run.";

pub(super) const CATALOGUE_EXAMPLES: &str = "\
Examples:
  dama-pub catalogue books/                         the books below a folder, and whether each is built
  dama-pub catalogue catalogue.yaml --format jsonl  those that a file lists, for a program
  dama-pub catalogue build books/ --keep-going      every book, each by itself; what is unchanged stays
  dama-pub catalogue build books/ --shard 2/8 --cache /srv/cache --message-format jsonl
                                                    an eighth of them, on one machine of eight
  dama-pub catalogue check books/                   the checks of every book
  dama-pub catalogue terms books/                   terms that are rendered in several ways
  dama-pub catalogue status books/ --out books.html a page of all of them
  dama-pub catalogue books/ --format ninja > build.ninja && ninja -k 0

A list of books is a YAML file: `books: [one, series/*]`.

Exit codes: 0 all is well, 1 some books have errors, 2 some could not be worked on.";

pub(super) const CACHE_EXAMPLES: &str = "\
Examples:
  dama-pub build --cache /srv/cache                 keeps what is made, and takes from there what was made
  dama-pub cache verify /srv/cache                  compares everything with its sums
  dama-pub cache gc /srv/cache --older 30           clears away what was not used for 30 days
  dama-pub cache gc /srv/cache --max-size 20000     and what is more than 20 000 MiB

Nothing in a cache is needed: it may be deleted at any time.

Exit codes: 0 all is well, 1 something was broken, 2 the cache cannot be read.";

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  dama-pub check                                  the book in this folder
  dama-pub check zh/06-method.md 07-results       two chapters, in both languages
  dama-pub check --edition zh                     the Chinese text by itself
  dama-pub check --changed-since main             the chapters that differ from a revision of git
  dama-pub check --limit 3                        three findings of each code, the worst first; 0 for all
  dama-pub check --select values,stale            these alone; `--ignore` leaves them out
  dama-pub check --pair zh.md en.md --glossary terms.yaml
                                                  two files without a book
  dama-pub check --pair en zh                     two folders whose files have the same names
  dama-pub check --format html > findings.html    a page to pass on; also short, json, sarif, github
  dama-pub check --baseline                       accept what is found today, report only what is new
  dama-pub check --fix                            show the changes that fix findings by themselves
  dama-pub check --fix=write                      make them
  dama-pub check --pdf                            set the book and look over its PDFs: boxes, fonts,
                                                  pictures, colours, lines, tags
  dama-pub check --pdf cover.pdf --profile print  any PDF, by the rules of a press

A check's level is set under `checks:` in book.yaml, such as `number: warning` or `typography: off`.
In a chapter, `<!-- dama: allow number: the reason -->` waives findings of the block after it, or of
the block in whose line it stands. `dama-pub explain` lists the checks.

The report is printed on stdout, how the run went on stderr. `--quiet` prints the findings alone,
without tables and last line. A name of `--select` puts a check on that book.yaml has off; where
both are given, a code counts before its group.

Exit codes: 0 all is well, 1 findings at error level, 2 could not run.";

pub(super) const WATCH_EXAMPLES: &str = "\
Examples:
  dama-pub watch --open              the book in this folder, in your browser
  dama-pub watch --port 4000         always at port 4000
  dama-pub watch --edition zh,en     both, whichever is looked at

The preview shows the pages as vectors, two editions side by side if you like, and lists what is
wrong with its line. A click on a page tells which line of the manuscript stands there. What cannot
be set has a mark in its place; while the book cannot be read, the last good pages stay. No file is
written: `build` makes the PDFs and e-books. Only this machine can see the preview, and only who
knows its address.

Exit codes: 0 ended, 2 could not run.";

pub(super) const LSP_EXAMPLES: &str = "\
Editors start it themselves; docs/editors.md shows how to tell them. It speaks over the standard streams, finds the book
that a file belongs to, and counts what is typed before it is saved.

Exit codes: 0 ended, 2 the editor could not be understood.";

pub(super) const PROOF_EXAMPLES: &str = "\
Examples:
  dama-pub proof                    a proof of every edition, into out/
  dama-pub proof --edition zh --profile screen

A proof, such as my-book-zh-proof.pdf, shows the trimmed edge, the bleed, the area that is safe for text
(dashed), the margins, the lines of the grid if the layout draws them, and a numbered frame around each place
of which preflight has something to say. The pages at its end list the numbers with message, line of the manuscript and remedy.

Exit codes: 0 done, 1 an edition could not be set, 2 could not run.";

pub(super) const ALIGN_EXAMPLES: &str = "\
Examples:
  dama-pub align                                     every pair of the book in this folder
  dama-pub align --format tsv                        for a spreadsheet: blocks and sentences
  dama-pub align --explain zh/02-method.md:7         why the block at that line is paired as it is
  dama-pub align --pair zh.md en.md                  two Markdown files; also two folders of them
  dama-pub align --pair zh.txt en.txt --lines        a sentence a line; prints [0]:[0,1] when two
                                                     English lines say what one Chinese line says

A score is the probability that a pair is right. Pairs rest on the same id, on the same text, code or
picture, on words, or on place alone. With --lines the form is that of the published gold data for
sentence alignment, so that its scorers can be used; --scores adds the score as a third field, [0]:[0,1]:0.973.

Exit codes: 0 done, 2 could not run.";

pub(super) const ACCEPT_EXAMPLES: &str = "\
Examples:
  dama-pub accept zh/06-method.md        a chapter, by its file in either language
  dama-pub accept 06-method 07-results   chapters by name
  dama-pub accept --all                  every chapter
  dama-pub accept --all --with-findings  also what `check` finds wrong

What was accepted stands in manuscript/reviewed.yaml, a line for each block and its translation; keep it in
version control with the text. From then on `check` finds the blocks whose source changed while the
translation did not (`stale`). What has no counterpart, or none beyond doubt, is listed and left out. So are,
with --all, blocks with findings of `check` at error level, and always blocks that could not be read;
what was on record of them stays. Errors in other chapters are no matter.
Comments of reviewers on what is accepted are dealt with; with --all their blocks are left out.

Exit codes: 0 done, 1 nothing could be accepted because of errors, 2 could not run.";

pub(super) const REVIEW_EXAMPLES: &str = "\
Examples:
  dama-pub review                        a page for each translation, in out/
  dama-pub review --edition zh,en --out /tmp/review.html
  dama-pub review --chapter 06-method    one chapter

The page is one file that opens in any browser, without a network: the source on the left, its translation on
the right, what `check` finds at its place, what changed since it was signed off, and a box for a comment at
each block. The comments come back as one small file, which `import-review` reads; `check` then shows
each at its block until it is dealt with. While `watch` runs, the same page is at /review of its
address, and signs off what is ticked.

Exit codes: 0 done, 1 the book cannot be read, 2 could not run.";

pub(super) const STATS_EXAMPLES: &str = "\
Examples:
  dama-pub stats                  a table
  dama-pub stats --format tsv     for a spreadsheet: a line for each chapter
  dama-pub stats --format json    for a program
  dama-pub stats --history        what was signed off when and by whom, from the versions that git has

Reading times: 255 Chinese characters or 228 English words a minute (IReST, Trauzettel-Klosinski and
Dietz 2012), 184 words in other languages. Code and formulas do not count.

Exit codes: 0 done, 1 the book cannot be read, 2 could not run.";
pub(super) const TERMS_EXAMPLES: &str = "\
Examples:
  dama-pub terms                  the terms of the book in this folder
  dama-pub terms --format tsv     for a spreadsheet
  dama-pub terms --pair zh.md en.md --glossary terms.yaml    two files without a book
  dama-pub terms --export tsv --out terms.tsv    the termbase for Excel, OmegaT or Trados; tbx for what reads TBX
  dama-pub terms --import terms.tsv --dry-run    what a table or TBX that came back would change

A block keeps to a term when its translation has one of the forms that manuscript/glossary.yaml gives. The
last column shows words that blocks which do not keep to it have in common: other renderings, it may be.

--import adds terms, words and variants, and changes renderings; comments and order stay. Nothing is removed, and what
contradicts the termbase is left and told.

Exit codes: 0 done, 1 something was not taken in, 2 could not run.";

pub(super) const SCHEMA_EXAMPLES: &str = "\
Examples:
  dama-pub schema > book.schema.json      for an editor: names, types and what each key is for
  dama-pub schema glossary                the same for glossary.yaml
  dama-pub schema diagnostics             for a program that reads findings

docs/editors.md shows how to tell an editor.

Exit codes: 0 done, 2 could not run.";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  dama-pub completions bash > ~/.local/share/bash-completion/completions/dama-pub
  dama-pub completions zsh > ~/.zfunc/_dama-pub
  dama-pub completions fish > ~/.config/fish/completions/dama-pub.fish

Exit codes: 0 done, 2 could not run.";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  dama-pub man | man -l -                                the main page, at once
  dama-pub man --out ~/.local/share/man/man1             a page for each command

Exit codes: 0 done, 2 could not run.";

pub(super) const METADATA_EXAMPLES: &str = "\
Examples:
  dama-pub metadata                           what shops will miss
  dama-pub metadata --record onix-3.1         the record that shops and wholesalers ask for
  dama-pub metadata --record json-ld          for the page of the book on the web
  dama-pub metadata --out records             all of them into a folder

What a record says comes from book.yaml and its `release:`, and from the artifacts in out/: sizes, pages, and
what the e-book says of access. Build first; what is not there is left out.

Exit codes: 0 nothing is missing that must be there, 1 something is, 2 could not run.";

pub(super) const LAYOUT_EXAMPLES: &str = "\
Examples:
  dama-pub layout list               the built-in layouts and those of the book in this folder
  dama-pub layout show report        its options with their defaults, its building blocks
  dama-pub layout eject report       a copy in layouts/report, which the book uses from then on
  dama-pub layout eject kit          the parts that layouts share

What is ejected gives the same pages until it is changed. With it comes layouts/dama.typ, by which editors know
the module `dama`.

Exit codes: 0 done, 1 there is such a folder already, 2 there is no such layout, or it cannot be written.";

pub(super) const DOCTOR_EXAMPLES: &str = "\
Examples:
  dama-pub doctor                    fonts, layouts, file names, output, tools: ✓ well, ! worth knowing, ✗ broken
  dama-pub doctor --format json      for a program

Exit codes: 0 all is well, 1 something is broken, 2 could not run.";

pub(super) const TRANSLATE_EXAMPLES: &str = "\
Examples:
  dama-pub translate                          the chapters that the other language does not have yet
  dama-pub translate 06-method --to en        one chapter, into English
  dama-pub translate --fill empty             three dots where words are to come, the source in comments
  dama-pub translate --update                 what is new or changed in the source since, too

A block that is not translated stands behind `<!-- dama: draft -->`; the lines of a chapter's head are marked by
`draft: head`. `check` leaves drafts alone, `stats` counts them. Remove the mark when the block is translated.

Exit codes: 0 all is well, 1 something has no place in the translation, 2 could not run.";

pub(super) const EXPORT_EXAMPLES: &str = "\
Examples:
  dama-pub export --docx                      a table for reviewers who have Word, into out/
  dama-pub export --xliff 06-method           a chapter for OmegaT, Trados, memoQ, Weblate, Poedit, Crowdin
  dama-pub export --xliff --fill source       for OmegaT 3, which shows only what has a translation
  dama-pub export --tmx --clean               a translation memory of words alone
  dama-pub export --xliff --pair zh/ en/      two folders without a book: their translation is filled in
  dama-pub export --po --open --out todo.po   only what is not signed off
  dama-pub export --xliff --pretranslate 'my-engine --json'
                                              a command of yours translates what is not translated yet

What stands in the translation goes out with it. `dama-pub import-review` brings back what was made of it.

Exit codes: 0 all is well, 1 the book has errors, 2 could not run.";

pub(super) const IMPORT_REVIEW_EXAMPLES: &str = "\
Examples:
  dama-pub import-review out/book-en.docx     what a reviewer changed in Word
  dama-pub import-review book-en.xlf --dry-run
                                              show what would be written, as a diff
  dama-pub import-review book-en.xlf --accept sign off what came back as approved
  dama-pub import-review zh-en.xlf --pair zh/ en/
                                              into two folders without a book

Only what changed is written, and only what says what was meant: a translation with a lost note, citation or
link, or whose source has changed since, is left out with a finding.

Exit codes: 0 all is well, 1 something was left out, 2 could not run.";

pub(super) const RELEASE_EXAMPLES: &str = "\
Examples:
  dama-pub release                            release/VERSION/, by `version` of book.yaml
  dama-pub release 1.1 --compare 1.0          with errata: what changed since release/1.0
  dama-pub release 1.1 --compare v1.0 --dry-run
                                              look at the errata since a tag of git
  dama-pub release --sign ~/.ssh/id_ed25519   with a signature
  dama-pub release --allow signed-off         though not every block is signed off

The conditions are `release: {gates: [...]}` of book.yaml; without it all that can be tried here are.

Exit codes: 0 released, 1 a condition does not hold or the folder is there with other files, 2 could not run.";

pub(super) const VERIFY_EXAMPLES: &str = "\
Examples:
  dama-pub verify release/1.0                 every file by its sum
  dama-pub verify release/1.0 --key press.pub and the signature
  dama-pub verify release/1.0 --rebuild       and the bytes, from the manuscript here
  dama-pub verify /media/release/1.0 --rebuild --book ~/checkout
  dama-pub verify release/1.0 --format json   for a program: what is wrong, file by file

Exit codes: 0 all is as it was released, 1 something is not, 2 could not run.";
