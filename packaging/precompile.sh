#!/bin/sh
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A compiler launcher: precompile.sh COMMAND…. Beside a precompiled header that the command makes it leaves a
# digest, FILE.gch.sum. With CCACHE_PCH_EXTSUM set, ccache reads that in place of more than a hundred megabytes
# for every file that takes the header.
"$@" || exit $?
previous=
output=
for word in "$@"; do
    [ "$previous" = -o ] && output=$word
    previous=$word
done
case $output in
    *.gch)
        sha256sum <"$output" >"$output.sum.part" && mv "$output.sum.part" "$output.sum"
        ;;
esac
