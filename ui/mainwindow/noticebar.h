// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line under the top bar for what must be said and blocks nothing: a file that could not be saved, a
// setting that could not be read. It stays until it is closed or something newer takes its place.

#pragma once

#include <functional>

#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <theme/banner.h>

namespace claimcheck::ui {

class NoticeBar : public QWidget
{
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);

    void say(Tone tone, const QString& word, const QString& sentence);
    /// With a button that does something about it, once.
    void offer(Tone tone, const QString& word, const QString& sentence, const QString& button,
               std::function<void()> deed);
    /// What could not be done, why, and what to do.
    void say(const Error& error);
    /// What stands there.
    QString text() const { return m_banner->word() + u' ' + m_banner->sentence(); }

private:
    Banner* m_banner;
    QPushButton* m_button;
    std::function<void()> m_deed;
};

} // namespace claimcheck::ui
