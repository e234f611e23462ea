// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/historypage.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qstackedwidget.h>

#include <mainwindow/historydesk.h>
#include <mainwindow/tokenhistorydesk.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

HistoryPage::HistoryPage(HistoryDesk* exchanges, TokenHistoryDesk* tokens, QWidget* parent)
    : QWidget(parent),
      m_exchanges(exchanges),
      m_tokens(tokens),
      m_tabs(new FlatTabBar),
      m_parts(new QStackedWidget)
{
    setNames(m_tabs, QStringLiteral("historyTabs"), tr("Histories"));
    m_tabs->addTab(tr("Exchanges"));
    m_tabs->addTab(tr("Tokens"));
    m_parts->addWidget(exchanges);
    m_parts->addWidget(tokens);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(space::small, 0, space::medium, 0);
    row->addWidget(m_tabs);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_parts, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_parts->setCurrentIndex(index);
        enter();
    });
}

void HistoryPage::enter()
{
    if (m_parts->currentWidget() == m_tokens)
        m_tokens->enter();
    else
        m_exchanges->enter();
}

} // namespace claimcheck::ui
