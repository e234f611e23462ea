// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON colours in a text that is being edited.

#pragma once

#include <QtGui/qsyntaxhighlighter.h>

namespace claimcheck::ui {

class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

    void setOn(bool on);

protected:
    void highlightBlock(const QString& text) override;

private:
    bool m_on = false;
};

} // namespace claimcheck::ui
