// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/plaintip.h>

namespace claimcheck::ui {

/// <qt> settles what Qt guesses: without it an escaped text with an & and no tag is taken for a plain one,
/// and its "&amp;" is shown.
QString plainTip(const QString& text)
{
    if (text.isEmpty())
        return {};
    QString escaped = text.toHtmlEscaped();
    escaped.replace(QChar(u'\n'), QStringLiteral("<br>"));
    return QString(u"<qt>" + escaped + u"</qt>");
}

} // namespace claimcheck::ui
