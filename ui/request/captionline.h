// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line under the headers: who the request is sent as, with the name standing out. Where the pane is
// narrow it becomes two lines; nothing is cut off. Painted here, because a label that mixes fonts reads
// markup.

#pragma once

#include <QtGui/qtextlayout.h>
#include <QtWidgets/qwidget.h>

#include <state/requestform.h>

namespace claimcheck::ui {

class CaptionLine : public QWidget
{
    Q_OBJECT
public:
    explicit CaptionLine(QWidget* parent = nullptr);

    void setCaption(const AuthCaption& caption);
    QSize sizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void lay(QTextLayout& layout, int width) const;

    QString m_text;
    int m_nameAt = 0;
    int m_nameLength = 0;
};

} // namespace claimcheck::ui
