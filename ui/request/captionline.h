// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line under the headers: who the request is sent as, with the name standing out.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/requestform.h>

class QLabel;

namespace claimcheck::ui {

class CaptionLine : public QWidget
{
    Q_OBJECT
public:
    explicit CaptionLine(QWidget* parent = nullptr);

    void setCaption(const AuthCaption& caption);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    AuthCaption m_caption;
    QLabel* m_before;
    QLabel* m_name;
    QLabel* m_after;
};

} // namespace claimcheck::ui
