// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Why?" over the answer to a 401 or 403: what the server asks for beside what was sent, in sentences.

#pragma once

#include <string>
#include <vector>

#include <QtWidgets/qwidget.h>

class QLabel;

namespace claimcheck::ui {

class WhyPart : public QWidget
{
    Q_OBJECT
public:
    explicit WhyPart(QWidget* parent = nullptr);

    /// Hidden where there are none.
    void setSentences(const std::vector<std::string>& sentences);

private:
    QLabel* m_text;
};

} // namespace claimcheck::ui
