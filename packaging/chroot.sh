# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the scripts that try things in a fresh Debian 12: makes one with debootstrap from the apt
# sources of this machine, runs commands in it, and removes it. Needs root. Expects `root` and `say`, `stop`.

chroots=$root/build/chroot
[ "$(id -u)" -eq 0 ] || stop "debootstrap and chroot need root"

# The mirror that this machine itself takes bookworm from.
mirror() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
        awk '$2 == "bookworm" && $3 == "main" {print $1; exit}'
}

# bootstrap: a minimal system, once; the next ones are copies of it.
bootstrap() {
    [ -f "$chroots/bookworm.tar" ] && return
    local from
    from=$(mirror)
    [ -n "$from" ] || stop "no apt source of this machine offers Debian 12 (bookworm)"
    say "Bootstrapping a minimal Debian 12"
    mkdir -p "$chroots"
    rm -rf --one-file-system "$chroots/base"
    debootstrap --variant=minbase bookworm "$chroots/base" "$from" >"$chroots/debootstrap.log" ||
        stop "debootstrap failed, see $chroots/debootstrap.log"
    tar -C "$chroots/base" -cf "$chroots/bookworm.tar.part" .
    mv "$chroots/bookworm.tar.part" "$chroots/bookworm.tar"
    rm -rf --one-file-system "$chroots/base"
}

# How this machine reaches its mirrors goes along: sources, keys, proxy, certificates, name service.
copy_apt_settings() {
    local into=$1 item
    rm -f "$into/etc/apt/sources.list"
    for item in sources.list sources.list.d keyrings trusted.gpg.d auth.conf.d; do
        [ -e "/etc/apt/$item" ] && cp -a "/etc/apt/$item" "$into/etc/apt/"
    done
    apt-config dump | grep -iE '^Acquire::(https?|ftp)::|^Acquire::Check-' >"$into/etc/apt/apt.conf.d/99host" || true
    cp -L /etc/resolv.conf /etc/hosts "$into/etc/"
    find /usr/share/keyrings -name '*debian*' -exec cp -n {} "$into/usr/share/keyrings/" \;
    mkdir -p "$into/usr/local/share/ca-certificates"
    cp -n /usr/local/share/ca-certificates/*.crt "$into/usr/local/share/ca-certificates/" 2>/dev/null || true
}

# fresh_chroot NAME: sets `fresh` to the folder of a new system, which goes when the script ends.
fresh_chroot() {
    fresh=$chroots/$1
    bootstrap
    rm -rf --one-file-system "$fresh"
    mkdir -p "$fresh"
    tar -C "$fresh" -xf "$chroots/bookworm.tar"
    copy_apt_settings "$fresh"
    [ -n "${KEEP_CHROOT:-}" ] || trap 'rm -rf --one-file-system "$fresh"' EXIT
}

# inside COMMAND…: in the chroot, with a clean environment. The mounts live in a namespace of their own, so
# they are gone with the command, however it ends. CHROOT_CCACHE=FOLDER lends it the objects of a ccache.
# A node that npm brings knows no certificates but its own: where this machine tells it of more, the chroot does.
inside() {
    mkdir -p "$fresh/root/.cache/ccache"
    unshare --mount --pid --fork --propagation private --kill-child sh -c '
        mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/dev/shm" &&
        if [ -n "${CHROOT_CCACHE:-}" ]; then mount --bind "$CHROOT_CCACHE" "$0/root/.cache/ccache"; fi &&
        exec chroot "$0" env -i HOME=/root TERM=dumb PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt} DEBIAN_FRONTEND=noninteractive "$@"
    ' "$fresh" "$@" </dev/null
}
