// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the tests find things. Functions and not macros, so that a test compiles to the same object in
// every checkout and ccache can share it.

#pragma once

#include <QtCore/qstring.h>

namespace claimcheck::test {

/// The folder tests/ of the checkout.
QString testsFolder();

/// The folder tests/data of the checkout.
QString dataFolder();

/// The folder of the build with the two programs in it.
QString programsFolder();

} // namespace claimcheck::test
