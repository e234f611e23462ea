// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does with the identities of the open collection: between their rows, the choice beside
// Send, that of the runner, the chip and the workbench.

#pragma once

#include <functional>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>
#include <QtCore/qurl.h>

#include <workbench/identities.h>
#include <workbench/workbench.h>

namespace claimcheck::ui {

class IdentityList;
class NoticeBar;
class RequestTabs;
class RunnerPane;
class SessionChip;
class TimeAxis;

class IdentityDesk : public QObject
{
    Q_OBJECT
public:
    /// The widgets that it fills.
    struct Widgets
    {
        IdentityList* list;
        TimeAxis* axis;
        SessionChip* chip;
        RequestTabs* requests;
        NoticeBar* notice;
        RunnerPane* runner;
    };

    IdentityDesk(workbench::Workbench& workbench, const Widgets& widgets, QObject* parent);

    /// The session of the sign-in form.
    void showSession(const workbench::SessionState& state);
    /// The request in front as every identity that signs in without a person, or is signed in, and as
    /// nobody; the answers side by side.
    void sendAsAll(QWidget* window);
    bool canSendAsAll() const;
    /// Who is sent as now is signed out.
    void signOut();
    /// Whether there is anybody to be signed out.
    bool isSignedIn() const;
    /// In the browser, where it is a page.
    void open(const QString& link);
    /// What opens a link; the desktop's browser unless set.
    void setBrowser(std::function<void(const QUrl&)> browser) { m_browser = std::move(browser); }

Q_SIGNALS:
    /// Who requests are sent as, or what is known of that session.
    void changed();
    /// The session of the sign-in form is to be begun anew.
    void signInWanted();
    /// A session's token is to be looked into.
    void tokenActivated(const QString& token);
    /// In a row a sign-in or renewal was asked for; signInAnswered() tells the server's answer, and not more
    /// than the latest one.
    void signInBegun();
    void signInAnswered(const claimcheck::workbench::ExchangeResult& result);

private:
    void connectAll();
    void show();
    void choose(const QString& name);
    void connectQuestions();
    void showSteps(const QString& name);
    void showExchanges(const QString& title, const std::vector<archive::Record>& exchanges,
                       const QString& preface = {});
    void inspect(const std::string& name);
    void warn(const workbench::IdentityState& state);
    void watchForm();
    workbench::IdentityState chosenState() const;

    // identityanswers.cpp
    struct Asked
    {
        std::string name;
        bool isAnswered = false;
        bool hasToken = false; ///< the answer that is shown
    };
    void beginSignIn(const std::string& name, void (workbench::Identities::*deed)(const std::string&));
    void showAnswerTo(const std::string& name, const http::Exchange& exchange);
    void endSignIn();

    workbench::Workbench& m_workbench;
    workbench::Identities& m_identities;
    Widgets m_widgets;
    workbench::SessionState m_form;
    QTimer m_formTimer;                  ///< until something is to be said of that session
    std::optional<Instant> m_formWarned; ///< the end that it was said of
    std::function<void(const QUrl&)> m_browser;
    std::optional<Asked> m_asked; ///< the sign-in whose answer is awaited
};

} // namespace claimcheck::ui
