#!/bin/bash
# Builds a catalogue on the nodes of a cluster: a share of the books for each task of the array.
#
#   sbatch --array=1-40 examples/catalogue/slurm.sh /shared/books
#
# The books, the cache and dama-pub lie on a file system that all nodes see. A task whose node goes is queued again by Slurm; what it had
# made is in place or in the cache and is not made again. A book with errors (code 1) is told and is no reason to try again; code 2 is.
#SBATCH --job-name=catalogue
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=catalogue-%a.jsonl
books=${1:?the folder of the books, or the file that lists them}
dama-pub catalogue build "$books" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --jobs "$SLURM_CPUS_PER_TASK" \
  --keep-going --cache "${DAMA_PUB_CACHE:-$books/.cache}" --message-format jsonl
code=$?
[ "$code" -le 1 ] && exit 0
exit "$code"
