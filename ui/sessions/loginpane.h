// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signing in: URL, user and password, the key for verifying what comes back, and how it went.

#pragma once

#include <functional>
#include <memory>

#include <QtWidgets/qwidget.h>

#include <auth/login.h>
#include <inspect/inspection.h>
#include <store/settings.h>
#include <workbench/workbench.h>

namespace claimcheck::ui {

class LoginPane : public QWidget
{
    Q_OBJECT
public:
    explicit LoginPane(QWidget* parent = nullptr);
    ~LoginPane() override;

    void showResult(const workbench::LoginResult& result);
    /// The token was inspected again (another key, later): a new verdict line under the form.
    void showState(const workbench::SessionState& state);
    void setBusy(bool busy);
    /// As typed, without the password.
    store::LoginDraft draft() const;
    void setDraft(const store::LoginDraft& draft);
    /// Shows a key ring that was set elsewhere; says nothing back.
    void setKeyRing(const inspect::KeyRing& ring);
    /// For the demo: everything filled in, the secret too.
    void fill(const auth::Login& login, const QString& secret);
    /// The time that verdict lines count from; the machine's clock unless set.
    void setClock(std::function<Instant()> clock);

Q_SIGNALS:
    void loginRequested(const claimcheck::auth::Login& login);
    /// Cancel, while a login runs.
    void cancelRequested();
    /// At every change of the secret or key field; an empty ring: nothing to verify with.
    void keyRingChanged(const claimcheck::inspect::KeyRing& ring);
    /// The token in the result line was clicked.
    void tokenActivated(const QString& token);
    /// Signed in: on to the requests.
    void requestsRequested();
    /// Something was typed: time to keep the draft.
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
