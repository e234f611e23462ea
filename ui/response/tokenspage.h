// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every token that was found in a response, wherever it stood, one row each.

#pragma once

#include <vector>

#include <QtWidgets/qscrollarea.h>

#include <state/responseview.h>

namespace claimcheck::ui {

class TokensPage : public QScrollArea
{
    Q_OBJECT
public:
    explicit TokensPage(QWidget* parent = nullptr);

    void setTokens(const std::vector<TokenLabel>& tokens);

Q_SIGNALS:
    void tokenActivated(const QString& token);

private:
    QWidget* makeRow(const TokenLabel& token, int number);
};

} // namespace claimcheck::ui
