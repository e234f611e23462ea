# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs inside cpack between the install rules and the packing: adds to the staged tree what Debian policy
# wants in a package and nobody else does. gzip -9n: no name and no time of the build machine in the file.

set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share)
set(doc ${share}/doc/claimcheck)
set(source ${CMAKE_CURRENT_LIST_DIR})

function(compressed from to)
    execute_process(COMMAND gzip -9n -c ${from} OUTPUT_FILE ${to} COMMAND_ERROR_IS_FATAL ANY)
    file(CHMOD ${to} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endfunction()

file(MAKE_DIRECTORY ${doc} ${share}/lintian/overrides)
file(COPY ${source}/copyright DESTINATION ${doc})
compressed(${source}/changelog ${doc}/changelog.Debian.gz)
compressed(${source}/../../CHANGELOG.md ${doc}/changelog.gz)
configure_file(${source}/lintian-overrides ${share}/lintian/overrides/claimcheck COPYONLY)

file(GLOB pages ${share}/man/man1/*.1)
foreach(page IN LISTS pages)
    compressed(${page} ${page}.gz)
    file(REMOVE ${page})
endforeach()
