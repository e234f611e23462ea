#!/bin/sh
# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A compiler launcher: precompile.sh COMMAND…. Beside a precompiled header that the command makes it leaves a
# digest, FILE.gch.sum or FILE.pch.sum. With CCACHE_PCH_EXTSUM set, ccache reads that in place of more than a hundred megabytes
# for every file that takes the header. The digest is one of the header's text and macros: the bytes that the
# compiler makes of them differ from one run to the next, and two checkouts could share no object.
"$@" || exit $?

output=
previous=
for word in "$@"; do
    [ "$previous" = -o ] && output=$word
    previous=$word
done
case $output in *.gch | *.pch) ;; *) exit 0 ;; esac

# The same command, asked for the preprocessed text: its words but for those that name what is made.
left=$#
skip=no
clang= # clang's -Xclang belongs to the word behind it
while [ "$left" -gt 0 ]; do
    word=$1
    shift
    left=$((left - 1))
    if [ $skip = yes ]; then
        skip=no
        continue
    fi
    case $word in
        -o | -MF | -MT | -MQ) skip=yes ;;
        -c | -MD | -MMD) ;;
        -Xclang) clang=$word ;;
        -emit-pch) clang= ;;
        *)
            set -- "$@" ${clang:+"$clang"} "$word"
            clang=
            ;;
    esac
done
text=$output.text.part
"$@" -E -P -dD -o "$text" && sha256sum <"$text" >"$output.sum.part" && mv "$output.sum.part" "$output.sum"
status=$?
rm -f "$text"
exit $status
