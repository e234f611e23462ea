#!/usr/bin/env bash
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the release preset and makes build/deb/claimcheck_VERSION_ARCH.deb of it; prints its path last.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/packaging/packages/install.sh"

install_packages run deb
"$root/run" --build-only
say "Packing"
rm -rf "$root/build/deb"
(cd "$root/build/release" && cpack -G DEB -B "$root/build/deb")
rm -rf "$root/build/deb/_CPack_Packages"
deb=$(echo "$root"/build/deb/*.deb)
say "Contents and dependencies"
dpkg-deb --field "$deb" Package Version Installed-Size Depends Recommends
dpkg-deb --contents "$deb" | awk '$1 ~ /^-/ {print $3, $6}'
say "Lintian"
lintian --tag-display-limit 0 "$deb"
printf '%s\n' "$deb"
