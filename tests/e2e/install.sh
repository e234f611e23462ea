#!/bin/sh
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs the npm packages of the end-to-end servers into their ignored node_modules, exactly as the lock
# files say. Does nothing when that has been done for the same lock file. CLAIMCHECK_NODE names the node to use
# where it is not the one on the PATH; its npm is taken from beside it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ -n "${CLAIMCHECK_NODE:-}" ]; then
    PATH="$(dirname "$CLAIMCHECK_NODE"):$PATH"
    export PATH
fi
command -v npm >/dev/null || {
    echo "install.sh: npm is missing: install node 20.19 or newer with its npm, or set CLAIMCHECK_NODE" >&2
    exit 1
}

for folder in "$here/express" "$here/interop" "$here/bruno" "$here/newman" "$here/oidc" "$here/oauth2mock" "$here/guards" "$here/sarif" "$here"/vulnbench/servers/*; do
    stamp="$folder/node_modules/.claimcheck-lock"
    if [ -f "$stamp" ] && cmp -s "$stamp" "$folder/package-lock.json"; then
        continue
    fi
    echo "Installing the npm packages of tests/e2e/${folder#"$here/"}"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$folder/package-lock.json" "$stamp"
done
