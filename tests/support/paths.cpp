// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <support/paths.h>

namespace claimcheck::test {

QString testsFolder()
{
    return QStringLiteral(CLAIMCHECK_TESTS_DIR);
}
QString dataFolder()
{
    return QStringLiteral(CLAIMCHECK_TESTS_DIR "/data");
}
QString programsFolder()
{
    return QStringLiteral(CLAIMCHECK_BIN_DIR);
}

} // namespace claimcheck::test
