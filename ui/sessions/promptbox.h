// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person has to do elsewhere before a sign-in goes on: the link, and of a device code the code and a
// picture that a telephone reads.

#pragma once

#include <optional>

#include <QtWidgets/qwidget.h>

#include <auth/signin.h>

class QLabel;

namespace claimcheck::ui {

class QrPicture;

class PromptBox : public QWidget
{
    Q_OBJECT
public:
    explicit PromptBox(QWidget* parent = nullptr);

    /// Nothing: hidden.
    void setPrompt(const std::optional<auth::Prompt>& prompt);

Q_SIGNALS:
    void linkActivated(const QString& link);

private:
    QString link() const;

    std::optional<auth::Prompt> m_prompt;
    QLabel* m_what;
    QLabel* m_link;
    QWidget* m_codeLine;
    QLabel* m_code;
    QrPicture* m_picture;
};

} // namespace claimcheck::ui
