#!/bin/bash
# Builds a catalogue on desktops that can be reached by ssh, without a server: GNU parallel.
#
#   examples/catalogue/parallel.sh /shared/books desk1 desk2 desk3
#
# The books and the cache lie on a file system that all of them see, under the same path. A desktop that goes away costs its share one more try; a run
# that is stopped goes on with the shares that were not done (--resume-failed, by the log of jobs).
set -euo pipefail
books=${1:?the folder of the books}; shift
shares=$(( $# * 8 ))
hosts=$(IFS=,; echo "${*:-:}")
[ "$shares" -gt 0 ] || shares=8
seq "$shares" | parallel --sshlogin "$hosts" --joblog catalogue.log --resume-failed --retries 3 --results catalogue-results \
  "dama-pub catalogue build '$books' --shard {}/$shares --keep-going --cache '$books/.cache' --message-format jsonl; [ \$? -le 1 ]"
