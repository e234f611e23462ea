// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/whypart.h>

#include <QtWidgets/qboxlayout.h>

#include <base/text.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

WhyPart::WhyPart(QWidget* parent) : QWidget(parent), m_text(plainLabel())
{
    setKind(this, "raised");
    setNames(m_text, QStringLiteral("whyText"), tr("Why the server refused"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* rows = new QVBoxLayout;
    rows->setContentsMargins(space::inset, space::small, space::inset, space::small);
    rows->setSpacing(space::tiny);
    rows->addWidget(sectionTitle(tr("Why?")));
    rows->addWidget(m_text);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(rows);
    column->addWidget(new Hairline(Qt::Horizontal));
    hide();
}

void WhyPart::setSentences(const std::vector<std::string>& sentences)
{
    QStringList lines;
    for (const std::string& sentence : sentences)
        lines += toQString(visible(sentence));
    m_text->setText(lines.join(u'\n'));
    setVisible(!lines.isEmpty());
}

} // namespace claimcheck::ui
