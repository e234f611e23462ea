// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/tokenspage.h>

#include <QtWidgets/qboxlayout.h>

#include <response/chipbutton.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

TokensPage::TokensPage(QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setTokens({});
}

void TokensPage::setTokens(const std::vector<TokenLabel>& tokens)
{
    auto* list = new QWidget;
    setKind(list, "surface");
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(space::medium, space::medium, space::medium, space::medium);
    column->setSpacing(space::small);
    int number = 0;
    for (const TokenLabel& token : tokens)
        column->addWidget(makeRow(token, number++));
    if (tokens.empty()) {
        QLabel* none = mutedLabel(tr("No token in this response: not in its body, headers or cookies."));
        none->setWordWrap(true);
        column->addWidget(none);
    }
    column->addStretch(1);
    setWidget(list);
}

QWidget* TokensPage::makeRow(const TokenLabel& token, int number)
{
    auto* row = new QWidget;
    QHBoxLayout* across = lineIn(row);
    auto* chip = new ChipButton(token.text, token.mood);
    setNames(chip, QStringLiteral("tokenChip%1").arg(number), token.text);
    chip->setToolTip(tr("Show it in the token inspector"));
    QLabel* place = plainLabel(token.place);
    place->setFont(monoFont());
    setKind(place, "muted");
    QPushButton* inspect = linkButton(tr("Inspect"), QStringLiteral("inspectToken%1").arg(number));
    across->addWidget(chip);
    across->addWidget(place, 1);
    across->addWidget(inspect);
    const QString text = token.token;
    connect(chip, &QAbstractButton::clicked, this, [this, text] { Q_EMIT tokenActivated(text); });
    connect(inspect, &QAbstractButton::clicked, this, [this, text] { Q_EMIT tokenActivated(text); });
    return row;
}

} // namespace claimcheck::ui
