// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/sentpage.h>

#include <QtWidgets/qboxlayout.h>

#include <response/textview.h>
#include <state/responseview.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

SentPage::SentPage(QWidget* parent)
    : QWidget(parent),
      m_view(new TextView),
      m_reveal(linkButton(tr("Reveal credentials"), QStringLiteral("revealCredentials")))
{
    setNames(m_view, QStringLiteral("sentRequest"), tr("Request as sent"));
    m_view->setLineNumbers(false);
    m_reveal->setCheckable(true);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(space::medium, space::tiny, space::small, space::tiny);
    top->addWidget(captionLabel(tr("As it went out. Credentials are dots until they are asked for.")), 1);
    top->addWidget(m_reveal);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_view, 1);
    connect(m_reveal, &QPushButton::toggled, this, [this] { showText(); });
}

void SentPage::setExchange(const http::Exchange& exchange)
{
    m_exchange = exchange;
    m_reveal->setChecked(false);
    showText();
}

void SentPage::showText()
{
    const bool revealed = m_reveal->isChecked();
    m_reveal->setText(revealed ? tr("Mask credentials") : tr("Reveal credentials"));
    m_view->setText(indexed(sentRequest(m_exchange, revealed ? Credentials::Revealed : Credentials::Masked)));
}

} // namespace claimcheck::ui
