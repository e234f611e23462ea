// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/noticebar.h>

#include <QtWidgets/qboxlayout.h>

#include <state/responseview.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent), m_banner(new Banner), m_button(pushButton(tr("Undo"), QStringLiteral("noticeAction")))
{
    m_banner->setObjectName(QStringLiteral("notice"));
    QToolButton* close =
        flatButton(QStringLiteral("close"), tr("Close this notice"), QStringLiteral("closeNotice"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::small, space::small, space::small, space::small);
    row->setSpacing(space::small);
    row->addWidget(m_banner, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, space::tiny, 0, 0); // beside the banner's first line
    buttons->setSpacing(space::small);
    buttons->addWidget(m_button, 0, Qt::AlignTop);
    buttons->addWidget(close, 0, Qt::AlignTop);
    row->addLayout(buttons);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto deed = std::exchange(m_deed, nullptr))
            deed();
    });
    hide();
}

void NoticeBar::say(Tone tone, const QString& word, const QString& sentence)
{
    m_banner->say(tone, word, sentence);
    m_button->hide();
    m_deed = nullptr;
    show();
}

void NoticeBar::offer(Tone tone, const QString& word, const QString& sentence, const QString& button,
                      std::function<void()> deed)
{
    say(tone, word, sentence);
    m_button->setText(button);
    m_button->show();
    m_deed = std::move(deed);
}

void NoticeBar::say(const Error& error)
{
    Failure failure = failureOf(error);
    failure.what.chop(failure.what.endsWith(u'.') ? 1 : 0);
    const QString rest = failure.fix.isEmpty() ? failure.why : QString(failure.why + u' ' + failure.fix);
    say(Tone::Bad, failure.what, rest);
}

} // namespace claimcheck::ui
