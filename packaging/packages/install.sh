# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./run, ./test and the packaging scripts: installs what is missing of the package lists
# beside this file, and nothing else. Expects `root` to be the checkout.

say() { printf '\n== %s\n' "$*"; }
stop() { printf '\n%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# packages_of LIST…: the names in these lists, comments left out.
packages_of() {
    local list
    for list in "$@"; do
        sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$root/packaging/packages/$list.txt"
    done
}

# missing_packages LIST…: those of them that are not installed.
missing_packages() {
    comm -23 <(packages_of "$@" | sort -u) \
        <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# as_root COMMAND…: runs it as it is for root, through sudo for others.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        stop "packages are missing and this is neither root nor is there sudo. As root: apt-get install ${missing[*]}"
    fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 "$@" </dev/null; }

# install_packages LIST…: quick when nothing is missing.
install_packages() {
    command -v dpkg-query >/dev/null ||
        stop "this is not a Debian system: install the counterparts of packaging/packages/*.txt by hand, then run 'cmake --preset release'"
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    apt update || stop "apt-get update failed: is the network there, and do /etc/apt/sources.list* name a Debian 12 mirror?"
    local package
    for package in "${missing[@]}"; do
        apt-cache show "$package" >/dev/null 2>&1 ||
            stop "the package '$package' is not to be had from the apt sources of this machine (Debian 12 'main' has it)"
    done
    apt install -y --no-install-recommends "${missing[@]}" ||
        stop "apt-get could not install: ${missing[*]}. Its own words stand above."
}

# How ccache may share objects between checkouts and build folders.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
