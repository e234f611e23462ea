// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two histories on one page, a tab each: exchanges and tokens.

#pragma once

#include <QtWidgets/qwidget.h>

class QStackedWidget;

namespace claimcheck::ui {

class FlatTabBar;
class HistoryDesk;
class TokenHistoryDesk;

class HistoryPage : public QWidget
{
    Q_OBJECT
public:
    HistoryPage(HistoryDesk* exchanges, TokenHistoryDesk* tokens, QWidget* parent = nullptr);

    /// The page is in front.
    void enter();

private:
    HistoryDesk* m_exchanges;
    TokenHistoryDesk* m_tokens;
    FlatTabBar* m_tabs;
    QStackedWidget* m_parts;
};

} // namespace claimcheck::ui
