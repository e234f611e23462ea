#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves the two commands on a machine that has nothing: bootstraps a minimal Debian 12, puts a clean clone
# of the last commit into it and runs ./run and ./test there. Usage: fresh.sh [ARGUMENT of ./test]…
# (--quick saves time). Needs root. KEEP_CHROOT=1 leaves the system under build/chroot for a look;
# CHROOT_CCACHE=FOLDER saves compiling what a ccache has, and then the times say nothing.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/packaging/packages/install.sh"
install_packages deb
. "$root/packaging/chroot.sh"

fresh_chroot fresh
git clone -q "$root" "$fresh/claimcheck"
say "./run on a fresh Debian 12"
started=$SECONDS
inside /claimcheck/run
say "./run took $((SECONDS - started)) s; again:"
started=$SECONDS
inside /claimcheck/run --build-only
say "The second ./run was built in $((SECONDS - started)) s"
mkdir -p "$root/build/fresh"
cp "$fresh/claimcheck/build/headless/window.png" "$root/build/fresh/window.png"
started=$SECONDS
status=0
inside /claimcheck/test "$@" || status=$?
printf './test %s on a fresh Debian 12 took %s s, status %s\n' "$*" $((SECONDS - started)) $status
exit $status
