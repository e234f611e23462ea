// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/leftoutpart.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qplaintextedit.h>

#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int linesShown = 6; ///< of the list; the others are scrolled to

} // namespace

LeftOutPart::LeftOutPart(const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_count(linkButton({}, objectName + QStringLiteral("Count"))),
      m_list(new QPlainTextEdit)
{
    setObjectName(objectName);
    m_count->setCheckable(true);
    setNames(m_list, objectName + QStringLiteral("List"), tr("Requests that are left out"));
    m_list->setReadOnly(true);
    m_list->setTabChangesFocus(true);
    insetText(m_list);
    m_list->setFixedHeight(linesShown * m_list->fontMetrics().lineSpacing() + 2 * space::field);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(m_count, 0, Qt::AlignLeft);
    column->addWidget(m_list);
    connect(m_count, &QPushButton::toggled, this, &LeftOutPart::open);
    open(false);
    hide();
}

void LeftOutPart::open(bool isOpen)
{
    m_count->setIcon(
        icon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), Role::Accent));
    m_list->setVisible(isOpen);
}

void LeftOutPart::say(const std::vector<std::string>& requests)
{
    QString lines;
    for (const std::string& request : requests)
        lines += (lines.isEmpty() ? QString() : QString(u'\n')) + QString::fromStdString(request);
    m_count->setText(requests.size() == 1 ? tr("1 request is left out")
                                          : tr("%1 requests are left out").arg(requests.size()));
    if (m_list->toPlainText() != lines) // else it would be scrolled back
        m_list->setPlainText(lines);
    if (requests.empty())
        m_count->setChecked(false);
    setVisible(!requests.empty());
}

} // namespace claimcheck::ui
