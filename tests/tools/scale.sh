#!/usr/bin/env bash
# Installs what scale.py needs besides dama-pub, from Debian's packages.
set -euo pipefail
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ninja-build slurmctld slurmd slurm-client procps
