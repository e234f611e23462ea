// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/failurepage.h>

#include <QtWidgets/qboxlayout.h>

#include <theme/banner.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

FailurePage::FailurePage(QWidget* parent)
    : QWidget(parent),
      m_banner(new Banner),
      m_why(plainLabel()),
      m_fix(plainLabel()),
      m_fixTitle(sectionTitle(tr("What to do")))
{
    setNames(m_banner, QStringLiteral("responseError"), tr("Why there is no response"));
    m_why->setObjectName(QStringLiteral("responseErrorWhy"));
    m_fix->setObjectName(QStringLiteral("responseErrorFix"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::medium, space::medium, space::medium, space::medium);
    column->setSpacing(space::small);
    column->addWidget(m_banner);
    column->addSpacing(space::tiny);
    for (QLabel* label : {m_why, m_fix}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    column->addWidget(m_why);
    column->addSpacing(space::tiny);
    column->addWidget(m_fixTitle);
    column->addWidget(m_fix);
    column->addStretch(1);
}

void FailurePage::setFailure(const Failure& failure)
{
    m_banner->say(Tone::Bad, tr("No response"), failure.what);
    m_why->setText(failure.why);
    m_why->setVisible(!failure.why.isEmpty());
    m_fix->setText(failure.fix);
    m_fix->setVisible(!failure.fix.isEmpty());
    m_fixTitle->setVisible(!failure.fix.isEmpty());
}

} // namespace claimcheck::ui
