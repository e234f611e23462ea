// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Method, URL, as whom it is sent, and Send in one frame. Any method can be typed; Send is Cancel while a
// request runs.

#pragma once

#include <QtWidgets/qframe.h>

#include <state/identitytext.h>

class QPushButton;

namespace claimcheck::ui {

class ChevronBox;
class UrlEdit;

class UrlBar : public QFrame
{
    Q_OBJECT
public:
    explicit UrlBar(QWidget* parent = nullptr);

    UrlEdit* url() { return m_url; }
    QString method() const;
    void setMethod(const QString& method);
    void setBusy(bool busy);
    /// Hidden where there is nothing to choose.
    void setSentAs(const SentAs& sentAs);

Q_SIGNALS:
    void methodEdited(const QString& method);
    void sendClicked();
    void cancelClicked();
    void identityChosen(const QString& name);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    ChevronBox* makeMethod();
    ChevronBox* makeSentAs();
    void colourMethod();
    void fitSentAs();
    void keepSendWhole();

    ChevronBox* m_method;
    UrlEdit* m_url;
    ChevronBox* m_sentAs;
    QPushButton* m_send;
    bool m_busy = false;
};

} // namespace claimcheck::ui
