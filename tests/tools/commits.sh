#!/usr/bin/env bash
# Subjects of commits: `area: what`, at most 72 characters. Looks at the commits since the rule was made.
set -euo pipefail
export LC_ALL=C.UTF-8 # characters are counted, not bytes
cd "$(dirname "$0")/../.."
since=1da05951
if ! git cat-file -e "$since^{commit}" 2>/dev/null; then
  echo "SKIPPED: the history does not reach back to $since"
  exit 0
fi
bad=0
while IFS=$'\t' read -r hash subject; do
  [ -n "$hash" ] || continue
  if [ "${#subject}" -gt 72 ]; then echo "$hash has ${#subject} characters: $subject"; bad=1; fi
  if ! [[ $subject =~ ^[a-z0-9_./,\ -]+:\ [^\ ] ]]; then echo "$hash is not of the form \`area: what\`: $subject"; bad=1; fi
done < <(git log --no-merges --format='%h%x09%s' "$since..HEAD")
exit "$bad"
