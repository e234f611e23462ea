// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What came back: status, time and size, then body, headers, the request as sent, tokens and timeline. An
// exchange that failed is a banner that says what happened, why, and what to do. Server text is shown as
// the text that it is, never as markup.

#pragma once

#include <functional>
#include <memory>

#include <QtWidgets/qwidget.h>

#include <workbench/workbench.h>

namespace claimcheck::ui {

class ResponsePane : public QWidget
{
    Q_OBJECT
public:
    explicit ResponsePane(QWidget* parent = nullptr);
    ~ResponsePane() override;

    void showExchange(const workbench::ExchangeResult& result);
    /// The same tokens of the exchange that is shown, judged anew.
    void setTokens(const std::vector<workbench::FoundInspection>& tokens);
    void showBusy(const QString& method, const QString& url);
    void clear();
    /// What to do for an answer, on the page without one.
    void setHint(const QString& hint);
    /// Shows the body and goes to the line to find in it.
    void find();
    /// The time that token labels count from; the machine's clock unless set.
    void setClock(std::function<Instant()> clock);

Q_SIGNALS:
    /// A token chip was clicked: show it in the inspector.
    void tokenActivated(const QString& token);
    /// Cancel, on the page that is shown while a request runs.
    void cancelRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
