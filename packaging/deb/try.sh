#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs the package in a fresh Debian 12, uses both programs, removes it, and looks whether anything of it
# stayed behind. Usage: try.sh [FILE.deb]; without one, build.sh makes it. Needs root.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/packaging/packages/install.sh"
install_packages deb
. "$root/packaging/chroot.sh"

deb=${1:-}
[ -n "$deb" ] || { "$root/packaging/deb/build.sh"; deb=$(echo "$root"/build/deb/*.deb); }
[ -f "$deb" ] || stop "there is no package at $deb"
picture=$root/build/deb/window.png

fresh_chroot deb
say "Installing ${deb##*/} in a fresh Debian 12"
cp "$deb" "$fresh/claimcheck.deb"
inside apt-get -q update
inside apt-get -q -y --no-install-recommends -o Dpkg::Use-Pty=0 install /claimcheck.deb

say "Using it"
inside claimcheck --version
inside claimcheck-cli --version
inside sh -c 'echo "{\"sub\":\"demo\"}" | claimcheck-cli token sign --claims - --secret your-256-bit-secret-of-32-octets! --alg HS256 > /token
    claimcheck-cli token verify @/token --secret your-256-bit-secret-of-32-octets!'
inside claimcheck-cli send --help >/dev/null # of the part in libexec
inside env QT_QPA_PLATFORM=offscreen claimcheck --screenshot /window.png --scene work
[ -s "$fresh/window.png" ] || stop "the window left no picture"
mkdir -p "${picture%/*}"
cp "$fresh/window.png" "$picture"
for page in claimcheck claimcheck-cli; do
    [ -f "$fresh/usr/share/man/man1/$page.1.gz" ] || stop "the man page of $page was not installed"
done

say "Removing it"
inside apt-get -q -y -o Dpkg::Use-Pty=0 purge claimcheck
left=$(find "$fresh/usr" "$fresh/etc" -iname '*claimcheck*')
[ -z "$left" ] || stop "left behind: $left"
printf 'Installed, started and removed. Screenshot: %s\n' "$picture"
