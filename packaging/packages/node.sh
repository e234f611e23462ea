# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./test: finds a node for the end-to-end servers and exports CLAIMCHECK_NODE.
# The node that is there, if it is new enough. Debian 12's own is 18.20, so with it (or where there is
# none at all) npm fetches a newer one into .tools/. Where another node is installed, apt's npm is left
# alone: it conflicts with packages from elsewhere.

node_is_new_enough() {
    [ -n "${1:-}" ] && "$1" -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

fetch_node() {
    command -v npm >/dev/null ||
        stop "node $(node --version) is older than 20.19 and has no npm beside it to fetch a newer one: update node"
    say "Fetching node 22 from npm into .tools/ (the one here is $(node --version))"
    mkdir -p "$root/.tools"
    npm install --prefix "$root/.tools" --no-audit --no-fund --no-save --loglevel=error node@22 </dev/null ||
        stop "npm could not fetch node@22: is the network there?"
}

find_node() {
    local fetched=$root/.tools/node_modules/node/bin/node
    if ! command -v node >/dev/null; then
        install_packages node
        hash -r
    fi
    if node_is_new_enough "$(command -v node)"; then
        CLAIMCHECK_NODE=$(command -v node)
    else
        node_is_new_enough "$fetched" || fetch_node
        CLAIMCHECK_NODE=$fetched
    fi
    export CLAIMCHECK_NODE
}
