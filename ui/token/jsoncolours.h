// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON in the colours of the inspector: names in the role of the token's part that they stand in.

#pragma once

#include <QtGui/qsyntaxhighlighter.h>

#include <state/jsonspans.h>
#include <theme/theme.h>

namespace claimcheck::ui {

class JsonColours : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    JsonColours(QTextDocument* document, Role names) : QSyntaxHighlighter(document), m_names(names) {}

protected:
    void highlightBlock(const QString& text) override;

private:
    Role roleOf(JsonPart part) const;

    Role m_names;
};

} // namespace claimcheck::ui
