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
    m_after->setMinimumWidth(1); // shortened rather than widening the pane
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::large, space::medium, space::large, 0);
    row->setSpacing(0);
    row->addWidget(m_before);
    row->addWidget(m_name);
    row->addWidget(m_after, 1);
}

void CaptionLine::setCaption(const AuthCaption& caption)
{
    m_caption = caption;
    m_before->setText(caption.before);
    m_name->setText(toQString(visible(toUtf8(caption.name))));
    m_name->setVisible(!caption.name.isEmpty());
    setAccessibleName(caption.text());
    setToolTip(caption.text().toHtmlEscaped());
    fit();
}

void CaptionLine::fit()
{
    const int name = m_name->isHidden() ? 0 : m_name->sizeHint().width();
    const int room = contentsRect().width() - 2 * space::large - m_before->sizeHint().width() - name;
    m_after->setText(m_after->fontMetrics().elidedText(m_caption.after, Qt::ElideRight, room));
}

void CaptionLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace claimcheck::ui
