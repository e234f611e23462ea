// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/captionline.h>

#include <QtWidgets/qboxlayout.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

CaptionLine::CaptionLine(QWidget* parent)
    : QWidget(parent), m_before(mutedLabel()), m_name(sectionTitle({})), m_after(mutedLabel())
{
    setObjectName(QStringLiteral("authCaption"));
    m_after->setMinimumWidth(1); // cut off rather than widening the pane
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::large, space::medium, space::large, 0);
    row->setSpacing(0);
    row->addWidget(m_before);
    row->addWidget(m_name);
    row->addWidget(m_after, 1);
}

void CaptionLine::setCaption(const AuthCaption& caption)
{
    m_before->setText(caption.before);
    m_name->setText(toQString(visible(toUtf8(caption.name))));
    m_after->setText(caption.after);
    m_name->setVisible(!caption.name.isEmpty());
    setAccessibleName(caption.text());
}

} // namespace claimcheck::ui
