# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The Debian package. dpkg-shlibdeps finds the libraries; data, plugins and what is only opened when it is
# needed (libsecret, by QtKeychain; the SQLite driver, by Qt Sql) are named here by hand (the SVG plugin comes with the library).
# staged.cmake adds what only this format wants: changelog, copyright, compressed man pages.

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "Claimcheck contributors <contributors@claimcheck.invalid>")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, libsecret-1-0, libqt6sql6-sqlite")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnome-keyring | kwalletmanager | keepassxc, qt6-wayland, fonts-inter, fonts-jetbrains-mono, fonts-noto-core")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Claimcheck logs in to an API, takes the token (JWT) that comes back apart,
proves its signature, calls the protected routes with it, and keeps the
requests as plain files that belong in Git. It has a window, claimcheck, and
a twin for scripts and terminals, claimcheck-cli.
.
No account, no cloud, no telemetry: everything stays on this machine.")
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/staged.cmake)
